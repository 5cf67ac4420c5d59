import type { ReleaseClient } from '@foghorn/artifacts'
import { Command } from 'commander'
import { fromEnvironment } from '@foghorn/artifacts/environment'
import { CliError } from '../expected-error.ts'
import { count, formatTable, print, printJson } from '../output.ts'
import { readServiceFlags, withServiceOptions, type ServiceFlags } from '../service-flags.ts'

const withReleases = async <Result>(
  flags: ServiceFlags,
  act: (releases: ReleaseClient) => Promise<Result>,
): Promise<Result> => {
  const { connectReleases } = await import('@foghorn/artifacts')
  const releases = connectReleases(readServiceFlags(flags))
  try {
    return await act(releases)
  } finally {
    releases.close()
  }
}

/** The version as given, else from the environment, else the commit that CI builds or that is checked out. */
const chooseVersion = async (given: string | undefined): Promise<string> => {
  const { detectCi, readHead } = await import('@foghorn/artifacts')
  const chosen = given ?? fromEnvironment('RELEASE') ?? detectCi(process.env)?.commit
  return (
    chosen ??
    readHead(process.cwd()).catch(() => {
      throw new CliError(
        'Pass the version of the release, or set FOGHORN_RELEASE. Outside of a git checkout there is no commit to name it after.',
      )
    })
  )
}

const command = (name: string, description: string): Command =>
  withServiceOptions(new Command(name))
    .description(description)
    .argument('[version]', 'default: FOGHORN_RELEASE, else the commit that is built')

const newCommand = (): Command =>
  command('new', 'Make a release; prints its version')
    .option('--release-url <url>', 'page about the release, such as the CI job')
    .option('--finalize', 'say at once that it is out')
    .action(async (given: string | undefined, flags: ServiceFlags & { releaseUrl?: string; finalize?: boolean }) => {
      const version = await chooseVersion(given)
      await withReleases(flags, async (releases) => {
        await releases.create(version, flags.releaseUrl === undefined ? {} : { url: flags.releaseUrl })
        if (flags.finalize) await releases.finalize(version)
      })
      print(version)
    })

const finalizeCommand = (): Command =>
  command('finalize', 'Say that a release is out').action(async (given: string | undefined, flags: ServiceFlags) => {
    const version = await chooseVersion(given)
    await withReleases(flags, (releases) => releases.finalize(version))
    print(`Release ${version} is out.`)
  })

const setCommitsCommand = (): Command =>
  command('set-commits', 'Tell which commits are in a release: those of the checkout since the last release')
    .option('--repo <folder>', 'folder of the checkout', '.')
    .action(async (given: string | undefined, flags: ServiceFlags & { repo: string }) => {
      const version = await chooseVersion(given)
      const commits = await withReleases(flags, (releases) => releases.setCommits(version, flags.repo))
      print(`Release ${version} has ${count(commits, 'commit')}.`)
    })

interface DeployFlags extends ServiceFlags {
  environment?: string
  name?: string
  deployUrl?: string
  json?: boolean
}

const deploysCommand = (): Command =>
  command('deploys', 'Say where a release is deployed (--environment), or list where it is')
    .option('-e, --environment <name>', 'such as production')
    .option('--name <name>', 'name of the deploy')
    .option('--deploy-url <url>', 'address of what was deployed')
    .option('--json', 'print JSON')
    .action(async (given: string | undefined, flags: DeployFlags) => {
      const version = await chooseVersion(given)
      const { environment, name, deployUrl } = flags
      const deploys = await withReleases(flags, async (releases) => {
        const details = {
          ...(name === undefined ? {} : { name }),
          ...(deployUrl === undefined ? {} : { url: deployUrl }),
        }
        if (environment !== undefined) await releases.deploy(version, { environment, ...details })
        return releases.deploys(version)
      })
      if (flags.json) printJson(deploys)
      else
        print(
          formatTable(deploys.map((deploy) => [deploy.environment, deploy.name ?? '-', deploy.dateFinished ?? '-'])),
        )
    })

const listCommand = (): Command =>
  withServiceOptions(new Command('list'))
    .description('List the newest releases')
    .option('--json', 'print JSON')
    .action(async (flags: ServiceFlags & { json?: boolean }) => {
      const found = await withReleases(flags, (releases) => releases.list())
      const rows = found.map(({ version, dateReleased, commitCount }) => [
        version,
        dateReleased ?? 'not out',
        count(commitCount, 'commit'),
      ])
      if (flags.json) printJson(found)
      else print(formatTable(rows))
    })

export const releasesCommand = (): Command =>
  new Command('releases')
    .description('Manage releases: what is out, with which commits, and where')
    .addCommand(newCommand())
    .addCommand(setCommitsCommand())
    .addCommand(finalizeCommand())
    .addCommand(deploysCommand())
    .addCommand(listCommand())

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { execFileSync } from 'node:child_process'
import { SentryCli } from '@sentry/cli'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildProgram, ORIGINAL_FRAMES, runProgram, temporaryFolder } from './program.ts'
import { installSentryTools, isLong, requireTool } from './sentry-tools/install.ts'
import { brief, debugMeta, run, startService, type Service } from './service.ts'

let service: Service
beforeAll(async () => {
  if (isLong) installSentryTools()
  service = await startService()
}, 300_000)
afterAll(() => service.close())

// Version 2 is as large as all the rest together.
const VERSIONS = ['3', ...(isLong ? ['2'] : [])]

const pathOf = (version: string): string => (version === '3' ? SentryCli : requireTool('sentry-cli-2')).getPath()

describe.each(VERSIONS)('the real sentry-cli %s', (version) => {
  const sentryCli = async (args: string[], env: Record<string, string> = {}): Promise<string> => {
    const quiet = { SENTRY_LOG_LEVEL: 'warn', SENTRY_CLI_NO_TELEMETRY: '1' }
    const { code, stdout, stderr } = await run(pathOf(version), args, { ...service.env('SENTRY'), ...quiet, ...env })
    expect(code, stdout + stderr).toBe(0)
    return stdout + stderr
  }

  test('shows where it is logged in', async () => {
    expect(await sentryCli(['info'])).toContain(`Sentry Server: ${service.url()}`)
  })

  test('injects and uploads maps that resolve', async () => {
    const dist = buildProgram(`sentry-cli ${version}`)
    await sentryCli(['sourcemaps', 'inject', dist])
    expect(await sentryCli(['sourcemaps', 'upload', '--wait', dist])).toContain('File processing complete')
    const debugId = /\/\/# debugId=(\S+)/.exec(readFileSync(join(dist, 'app.js'), 'utf8'))![1]!
    const frames = await service.resolve(runProgram(dist), debugMeta(debugId))
    expect(brief(frames).slice(0, 3)).toEqual(ORIGINAL_FRAMES)
  })

  test('uploads by release, dist and prefix', async () => {
    const dist = buildProgram(`sentry-cli ${version} release`)
    await sentryCli([
      'sourcemaps',
      'upload',
      '--wait',
      '--release',
      'cli@1',
      '--dist',
      '7',
      '--url-prefix',
      '~/static',
      dist,
    ])
    const frames = await service.resolve(runProgram(dist), { release: 'cli@1', dist: '7' })
    expect(brief(frames).slice(0, 3)).toEqual(ORIGINAL_FRAMES)
  })

  test('is told why an upload is refused', async () => {
    const dist = buildProgram(`sentry-cli ${version} refused`)
    await sentryCli(['sourcemaps', 'inject', dist])
    const env = { ...service.env('SENTRY'), SENTRY_PROJECT: 'ship', SENTRY_LOG_LEVEL: 'warn' }
    const { code, stderr } = await run(pathOf(version), ['sourcemaps', 'upload', '--wait', dist], env)
    expect(code).toBe(1)
    expect(stderr).toContain('There is no project "ship" in this organization.')
  })

  test('makes a release from beginning to end', async () => {
    const repository = temporaryFolder()
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@acme.test', ...args], { cwd: repository })
    git('init', '-q')
    git('commit', '-q', '--allow-empty', '-m', 'Fix the cart')
    const inRepository = { GIT_DIR: join(repository, '.git') }
    await sentryCli(['releases', 'new', 'cli@2+45'])
    await sentryCli(['releases', 'set-commits', 'cli@2+45', '--auto'], inRepository)
    await sentryCli(['releases', 'finalize', 'cli@2+45'])
    await sentryCli(['deploys', 'new', '-r', 'cli@2+45', '-e', 'production'])
    expect(await sentryCli(['releases', 'list'])).toContain('cli@2+45')
    expect(await sentryCli(['deploys', 'list', '-r', 'cli@2+45'])).toContain('production')
    const headers = { authorization: `Bearer ${service.token}` }
    const read = await fetch(`${service.url()}/api/0/organizations/acme/releases/cli%402%2B45/commits/`, { headers })
    expect(await read.json()).toMatchObject([
      { message: expect.stringContaining('Fix the cart'), author: { name: 'Ada' } },
    ])
    await sentryCli(['releases', 'delete', 'cli@2+45'])
    expect(await sentryCli(['releases', 'list'])).not.toContain('cli@2+45')
  })

  test('sends an event', async () => {
    expect(await sentryCli(['send-event', '-m', 'hello'], { SENTRY_DSN: service.project.dsn })).toContain(
      'Event dispatched',
    )
  })
})

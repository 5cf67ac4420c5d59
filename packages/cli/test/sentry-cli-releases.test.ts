import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createRepository } from './repository.ts'
import { installSentryTools, isLong } from './sentry-tools/install.ts'
import { SENTRY_CLI_VERSIONS, sentryCliFor } from './sentry-cli.ts'
import { startService, type Service } from './service.ts'

let service: Service

const request = async (path: string, body?: object): Promise<any> => {
  const response = await fetch(`${service.url()}/api/0/organizations/acme/${path}`, {
    headers: { authorization: `Bearer ${service.token}`, 'content-type': 'application/json' },
    ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
  })
  return response.json()
}

const read = (path: string): Promise<any> => request(path)

const releasePath = (version: string): string => `releases/${encodeURIComponent(version)}/`

describe.each(SENTRY_CLI_VERSIONS)('sentry-cli %s', (number) => {
  const cli = sentryCliFor(number, () => service)
  beforeAll(async () => {
    if (isLong) installSentryTools()
    service = await startService()
  }, 300_000)
  afterAll(() => service.close())

  const named = (name: string): string => `shop@${name}`

  test('makes a release, finalizes, shows, archives, restores and deletes it', async () => {
    const version = named('1+45')
    await cli.succeed(['releases', 'new', version])
    expect(await cli.succeed(['releases', 'list'])).toContain(version)
    await cli.succeed(['releases', 'finalize', version])
    expect(Date.parse((await read(releasePath(version))).dateReleased)).not.toBeNaN()
    expect(await cli.succeed(['releases', 'info', version])).toContain(version)
    await cli.succeed(['releases', 'archive', version])
    expect(await read(releasePath(version))).toMatchObject({ status: 'archived' })
    await cli.succeed(['releases', 'restore', version])
    expect(await read(releasePath(version))).toMatchObject({ status: 'open' })
    await cli.succeed(['releases', 'delete', version])
    expect(await cli.succeed(['releases', 'list'])).not.toContain(version)
    await cli.fail(['releases', 'info', version])
  })

  test('makes a release that is out at once', async () => {
    await cli.succeed(['releases', 'new', named('2'), '--finalize', '--url', 'https://ci.acme.test/2'])
    expect(await read(releasePath(named('2')))).toMatchObject({
      url: 'https://ci.acme.test/2',
      dateReleased: expect.any(String),
    })
  })

  test('tells of deploys', async () => {
    await cli.succeed(['releases', 'new', named('3')])
    await cli.succeed(['deploys', 'new', '-r', named('3'), '-e', 'production', '-n', 'blue', '-t', '90'])
    await cli.succeed(['deploys', 'new', '-r', named('3'), '-e', 'staging', '-u', 'https://staging.acme.test'])
    const listed = await cli.succeed(['deploys', 'list', '-r', named('3')])
    expect([listed.includes('production'), listed.includes('staging')]).toEqual([true, true])
    const [staging, production] = await read(`${releasePath(named('3'))}deploys/`)
    expect(staging).toMatchObject({ environment: 'staging', url: 'https://staging.acme.test' })
    expect(Date.parse(production.dateFinished) - Date.parse(production.dateStarted)).toBe(90_000)
    expect(await read(releasePath(named('3')))).toMatchObject({
      deployCount: 2,
      lastDeploy: { environment: 'staging' },
    })
  })

  test('tells of the commits since the release before, with the files that they touch', async () => {
    const repository = createRepository()
    const setCommits = (version: string, how: string) =>
      cli.succeed(['releases', 'set-commits', version, how], { cwd: repository.folder })
    repository.write('cart.ts', '1')
    repository.commit('Begin')
    await cli.succeed(['releases', 'new', named('4')])
    await setCommits(named('4'), '--auto')
    repository.write('cart.ts', '2')
    const second = repository.commit('Fix the cart')
    await cli.succeed(['releases', 'new', named('5')])
    // By now the service knows the repository, by what sentry-cli calls it; the commits must come as they did.
    expect(await cli.succeed(['repos', 'list'])).toContain('origin')
    await setCommits(named('5'), '--auto')
    const expected = {
      id: second,
      message: expect.stringContaining('Fix the cart'),
      author: { name: 'Ada Ö', email: 'ada@acme.test' },
      repository: { name: 'origin' },
      patchSet: [{ path: 'cart.ts', type: 'M' }],
    }
    expect(await read(`${releasePath(named('5'))}commits/`)).toMatchObject([expected])
    await setCommits(named('5'), '--local')
    expect(await read(releasePath(named('5')))).toMatchObject({ commitCount: 1, lastCommit: { id: second } })
  })

  test('tells of single commits of a repository that is known, and of none other', async () => {
    await request('repos/', { name: 'acme/shop', url: 'https://git.acme.test/acme/shop' })
    await cli.succeed(['releases', 'new', named('6')])
    const setCommits = ['releases', 'set-commits', named('6'), '--commit']
    await cli.succeed([...setCommits, `acme/shop@${'a'.repeat(40)}..${'b'.repeat(40)}`])
    expect(await read(`${releasePath(named('6'))}commits/`)).toMatchObject([
      { id: 'b'.repeat(40), repository: { name: 'acme/shop' } },
    ])
    expect(await cli.fail([...setCommits, `acme/nothing@${'a'.repeat(40)}`])).toContain('acme/nothing')
  })

  test('takes commits back', async () => {
    await cli.succeed(['releases', 'set-commits', named('6'), '--clear'])
    expect(await read(releasePath(named('6')))).toMatchObject({ commitCount: 0, lastCommit: null })
  })
})

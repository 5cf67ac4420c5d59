import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildProgram, ORIGINAL_FRAMES, runProgram, temporaryFolder } from './program.ts'
import { BIN, brief, debugMeta, foghorn, run, startService, type Service } from './service.ts'

let service: Service
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

const inject = async (dist: string): Promise<string> => {
  const { outcomes } = JSON.parse((await foghorn(['sourcemaps', 'inject', dist, '--json'])).stdout)
  return outcomes[0].debugId
}

describe('after inject and upload', () => {
  test('a minified stack is read as the original one', async () => {
    const dist = buildProgram('by debug ID')
    const debugId = await inject(dist)
    const { code, stdout } = await foghorn(['sourcemaps', 'upload', dist], service.env())
    expect([code, stdout]).toEqual([0, expect.stringContaining('Uploaded 1 script with its map')])
    const frames = await service.resolve(runProgram(dist), debugMeta(debugId))
    expect(brief(frames).slice(0, 3)).toEqual(ORIGINAL_FRAMES)
    expect(frames[0]!.resolution.by).toBe('debug-id')
  })

  test('the second upload sends nothing', async () => {
    const dist = buildProgram('twice')
    await inject(dist)
    const upload = async () =>
      JSON.parse((await foghorn(['sourcemaps', 'upload', dist, '--json'], service.env())).stdout)
    expect((await upload()).sentBytes).toBeGreaterThan(0)
    expect((await upload()).sentBytes).toBe(0)
  })

  test('maps are gone from the folder when asked for', async () => {
    const dist = buildProgram('delete')
    await inject(dist)
    await foghorn(['sourcemaps', 'upload', dist, '--delete-after-upload'], service.env())
    expect(readdirSync(dist)).toEqual(['app.js'])
  })
})

test('without debug IDs, release and address find the map', async () => {
  const dist = buildProgram('by release')
  const args = ['sourcemaps', 'upload', dist, '--release', 'web@1', '--dist', 'd', '--url-prefix', '~/static']
  expect((await foghorn(args, service.env())).code).toBe(0)
  const frames = await service.resolve(runProgram(dist), { release: 'web@1', dist: 'd' })
  expect(brief(frames).slice(0, 3)).toEqual(ORIGINAL_FRAMES)
  expect(frames[0]!.resolution.by).toBe('url')
})

test('settings of Sentry are taken where ours are absent', async () => {
  const dist = buildProgram('sentry settings')
  await inject(dist)
  expect((await foghorn(['sourcemaps', 'upload', dist], service.env('SENTRY'))).code).toBe(0)
})

// util-linux runs a command as in a terminal; that of macOS takes other flags.
test.runIf(process.platform === 'linux' && existsSync('/usr/bin/script'))(
  'somebody at a terminal sees how far it is, and CI does not',
  async () => {
    const dist = buildProgram('terminal')
    await inject(dist)
    const upload = `"${process.execPath}" "${BIN}" sourcemaps upload "${dist}"`
    const atTerminal = await run('/usr/bin/script', ['-qec', `${upload} --release one`, '/dev/null'], service.env())
    expect([atTerminal.code, atTerminal.stdout]).toEqual([0, expect.stringMatching(/Uploading .*100%/)])
    const inCi = await foghorn(['sourcemaps', 'upload', dist, '--release', 'two'], service.env())
    expect([inCi.code, inCi.stdout + inCi.stderr]).toEqual([0, expect.not.stringContaining('Uploading')])
  },
)

test('a dry run checks and sends nothing', async () => {
  const dist = buildProgram('dry')
  await inject(dist)
  const env = { ...service.env(), FOGHORN_URL: 'http://127.0.0.1:1' }
  const { code, stdout } = await foghorn(['sourcemaps', 'upload', dist, '--dry-run'], env)
  expect([code, stdout]).toEqual([0, expect.stringContaining('Nothing was sent.')])
})

test('what is only warned of fails an upload when that is wished', async () => {
  const dist = buildProgram('strict')
  await inject(dist)
  writeFileSync(join(dist, 'nobody.js.map'), readFileSync(join(dist, 'app.js.map')))
  const upload = (...flags: string[]) => foghorn(['sourcemaps', 'upload', dist, ...flags], service.env())
  const warning = expect.stringContaining('nobody.js.map belongs to no script in the folder and was not uploaded.')
  expect(await upload()).toMatchObject({ code: 0, stderr: warning })
  expect(await upload('--strict')).toMatchObject({ code: 1, stderr: warning })
})

describe('what is wrong is said, with what to do, and the exit code is 1', () => {
  const upload = async (folder: string, env: Record<string, string>, ...flags: string[]) => {
    const { code, stderr } = await foghorn(['sourcemaps', 'upload', folder, ...flags], env)
    expect(code).toBe(1)
    expect(stderr).not.toContain('a bug of foghorn')
    return stderr.trim()
  }

  test('no address', async () => {
    expect(await upload(buildProgram(), {})).toBe('Pass --url, or set FOGHORN_URL.')
  })

  test('no debug IDs and no release', async () => {
    expect(await upload(buildProgram(), service.env())).toContain(
      'app.js has no debug ID, so frames could not find its map. Run "foghorn sourcemaps inject"',
    )
  })

  test('no folder, no scripts, no maps', async () => {
    expect(await upload('/nowhere', service.env())).toBe(
      'There is no folder /nowhere. Build first, or pass the folder of the build.',
    )
    const folder = temporaryFolder()
    expect(await upload(folder, service.env())).toContain('There are no scripts in')
    writeFileSync(join(folder, 'app.js'), 'f()')
    expect(await upload(folder, service.env())).toContain('No script in')
  })

  test('a wrong token, organization or project', async () => {
    const dist = buildProgram('wrong')
    await inject(dist)
    expect(await upload(dist, { ...service.env(), FOGHORN_AUTH_TOKEN: 'no' })).toContain('401')
    expect(await upload(dist, { ...service.env(), FOGHORN_ORG: 'other' })).toContain(
      'Check --url, --org and --project.',
    )
    expect(await upload(dist, { ...service.env(), FOGHORN_PROJECT: 'ship' })).toContain('There is no project "ship"')
  })

  test('a map that cannot be read', async () => {
    const dist = buildProgram('broken')
    await inject(dist)
    writeFileSync(join(dist, 'app.js.map'), readFileSync(join(dist, 'app.js.map'), 'utf8').slice(0, 100))
    expect(await upload(dist, service.env())).toContain('app.js.map is not JSON. Build it again.')
  })

  test('an address that nobody answers at', async () => {
    const dist = buildProgram('unreachable')
    await inject(dist)
    const message = await upload(dist, { ...service.env(), FOGHORN_URL: 'http://127.0.0.1:1' })
    expect(message).toContain('http://127.0.0.1:1 cannot be reached')
  })
})

test('a service that was killed in the middle ends complete when the upload is repeated', async () => {
  const dist = buildProgram('killed')
  const debugId = await inject(dist)
  await foghorn(['sourcemaps', 'upload', dist], service.env())
  await service.crash()
  const again = JSON.parse((await foghorn(['sourcemaps', 'upload', dist, '--json'], service.env())).stdout)
  expect(again.sentBytes).toBe(0)
  expect(brief(await service.resolve(runProgram(dist), debugMeta(debugId))).slice(0, 3)).toEqual(ORIGINAL_FRAMES)
})

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildProgram, ORIGINAL_FRAMES, runProgram } from './program.ts'
import { installSentryTools, isLong } from './sentry-tools/install.ts'
import { SENTRY_CLI_VERSIONS, sentryCliFor } from './sentry-cli.ts'
import { brief, debugMeta, startService, type Service } from './service.ts'

let service: Service
beforeAll(async () => {
  if (isLong) installSentryTools()
  service = await startService()
}, 300_000)
afterAll(() => service.close())

describe.each(SENTRY_CLI_VERSIONS)('the real sentry-cli %s', (version) => {
  const cli = sentryCliFor(version, () => service)

  test('shows where it is logged in', async () => {
    expect(await cli.succeed(['info'])).toContain(`Sentry Server: ${service.url()}`)
  })

  test('injects and uploads maps that resolve', async () => {
    const dist = buildProgram(`sentry-cli ${version}`)
    await cli.succeed(['sourcemaps', 'inject', dist])
    expect(await cli.succeed(['sourcemaps', 'upload', '--wait', dist])).toContain('File processing complete')
    const debugId = /\/\/# debugId=(\S+)/.exec(readFileSync(join(dist, 'app.js'), 'utf8'))![1]!
    const frames = await service.resolve(runProgram(dist), debugMeta(debugId))
    expect(brief(frames).slice(0, 3)).toEqual(ORIGINAL_FRAMES)
  })

  test('uploads by release, dist and prefix', async () => {
    const dist = buildProgram(`sentry-cli ${version} release`)
    await cli.succeed([
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
    await cli.succeed(['sourcemaps', 'inject', dist])
    const stderr = await cli.fail(['sourcemaps', 'upload', '--wait', dist], { env: { SENTRY_PROJECT: 'ship' } })
    expect(stderr).toContain('There is no project "ship" in this organization.')
  })

  test('sends an event', async () => {
    expect(await cli.succeed(['send-event', '-m', 'hello'], { env: { SENTRY_DSN: service.project.dsn } })).toContain(
      'Event dispatched',
    )
  })
})

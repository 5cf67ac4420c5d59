import { dirname } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildProgram, ORIGINAL_FRAMES, runProgram } from './program.ts'
import { brief, debugMeta, foghorn, startService, type Service } from './service.ts'

let service: Service
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

/** Uploads a build for a release; gives its folder and the script's debug ID. */
const uploadRelease = async (release: string): Promise<{ dist: string; debugId: string }> => {
  const dist = buildProgram(release)
  const { outcomes } = JSON.parse((await foghorn(['sourcemaps', 'inject', dist, '--json'])).stdout)
  expect((await foghorn(['sourcemaps', 'upload', dist, '--release', release], service.env())).code).toBe(0)
  return { dist, debugId: outcomes[0].debugId }
}

const list = async (...args: string[]): Promise<any[]> =>
  JSON.parse((await foghorn(['sourcemaps', 'list', '--json', ...args], service.env())).stdout)

const remove = async (...args: string[]): Promise<string> => {
  const { code, stdout, stderr } = await foghorn(['sourcemaps', 'delete', ...args], service.env())
  return `${code} ${stdout}${stderr}`.trim()
}

test('uploads are listed with what they were good for', async () => {
  const { dist, debugId } = await uploadRelease('list@1')
  await service.resolve(runProgram(dist), debugMeta(debugId))
  await expect.poll(async () => (await list('--release', 'list@1'))[0].eventsResolved, { interval: 500 }).toBe(1)
  expect(await list('list@')).toMatchObject([{ release: 'list@1', files: 2, lastUsed: expect.stringMatching(/Z$/) }])
  const { stdout } = await foghorn(['sourcemaps', 'list'], service.env())
  expect(stdout).toMatch(/^id +release +dist/)
  expect(stdout).toContain('list@1')
})

test('an upload is shown with the issues whose events it resolved', async () => {
  const { dist, debugId } = await uploadRelease('show@1')
  const event = await service.send(runProgram(dist), debugMeta(debugId))
  await service.event(event)
  const [{ id }] = await list('--release', 'show@1')
  const shown = await foghorn(['sourcemaps', 'show', id, '--json'], service.env())
  expect(JSON.parse(shown.stdout)).toMatchObject([{ eventsResolved: 1, latestEventId: event }])
  const { stdout } = await foghorn(['sourcemaps', 'show', id], service.env())
  expect(stdout).toMatch(/^issue +title +culprit/)
  expect(stdout).toMatch(/price\.ts.*\n\n1 event in 1 issue\.\n$/)
  const { code, stderr } = await foghorn(['sourcemaps', 'show', '999999'], service.env())
  expect([code, stderr]).toEqual([1, expect.stringContaining('There is no such upload in this project.')])
})

describe('uploads are deleted', () => {
  test('by release, so that their frames are minified again', async () => {
    const { dist, debugId } = await uploadRelease('delete@1')
    expect(await remove('--release', 'delete@1', '--dry-run')).toMatch(/^0 Would delete 1 upload, /)
    expect(brief(await service.resolve(runProgram(dist), debugMeta(debugId))).slice(0, 3)).toEqual(ORIGINAL_FRAMES)
    expect(await remove('--release', 'delete@1')).toMatch(/^0 Deleted 1 upload, /)
    expect(await list('--release', 'delete@1')).toEqual([])
    expect(brief(await service.resolve(runProgram(dist), debugMeta(debugId)))).toEqual([])
  })

  test('by ID', async () => {
    await uploadRelease('delete@2')
    const [{ id }] = await list('--release', 'delete@2')
    expect(await remove(id)).toMatch(/^0 Deleted 1 upload/)
    expect(await remove(id)).toBe(`1 There is no upload ${id}. See "foghorn sourcemaps list".`)
  })

  test('when they resolved nothing for long', async () => {
    await uploadRelease('delete@3')
    expect(await remove('--release', 'delete@3', '--unused-days', '1')).toMatch(/^0 Deleted 0 uploads/)
    expect(await list('--release', 'delete@3')).toHaveLength(1)
  })

  test('only when it is said which', async () => {
    expect(await remove()).toMatch(/^1 Say what to delete/)
    expect(await remove('--unused-days', 'many')).toBe('1 --unused-days is "many". Pass a whole number of days.')
  })
})

describe('sources that a map lacks the text of', () => {
  const firstContext = async (debugId: string, dist: string): Promise<unknown> => {
    const [frame] = await service.resolve(runProgram(dist), debugMeta(debugId))
    return (frame as unknown as { context: unknown[] }).context
  }

  test('come from disk when that is wished, and are warned of when not', async () => {
    const dist = buildProgram('no contents', { sourcesContent: false })
    const { outcomes } = JSON.parse((await foghorn(['sourcemaps', 'inject', dist, '--json'])).stdout)
    const { stderr } = await foghorn(['sourcemaps', 'upload', dist, '--dry-run'], service.env())
    expect(stderr).toContain('lacks the text of 3 sources')
    expect(stderr).toContain('upload with --inline-sources')
    const args = ['sourcemaps', 'upload', dist, '--inline-sources']
    expect(await foghorn(args, service.env(), dirname(dist))).toMatchObject({ code: 0, stderr: '' })
    expect(await firstContext(outcomes[0].debugId, dist)).toContainEqual([2, '  return item.amount * 100'])
  })

  test('stay on disk where that is outside of the working folder', async () => {
    const dist = buildProgram('elsewhere', { sourcesContent: false })
    await foghorn(['sourcemaps', 'inject', dist])
    const args = ['sourcemaps', 'upload', dist, '--inline-sources', '--dry-run']
    expect((await foghorn(args, service.env(), dist)).stderr).toContain('lacks the text of 3 sources')
  })
})

import { LIMITS } from '@foghorn/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { EventJson } from '../src/api/event-shapes.ts'
import type { MainDatabase } from '../src/adapters/sql/main-database.ts'
import { envelope, errorEvent, startService, type TestService } from './harness.ts'
import { bundleOf, upload } from './upload.ts'
import { openDatabase } from './main-store.ts'

let service: TestService
let db: MainDatabase
beforeAll(async () => {
  service = await startService()
  db = await openDatabase(service.data)
  await upload(service, bundleOf({ debugId: null }))
})
afterAll(async () => {
  await db.destroy()
  await service.close()
})

const fill = (piece: string, length: number): string => piece.repeat(Math.ceil(length / piece.length)).slice(0, length)

const frameOf = (piece: string, number: number) => ({
  filename: `https://shop.test/${fill(piece, 1950)}${number}/static/app.js`,
  function: fill(piece, 190) + number,
  lineno: 1,
  colno: number + 1,
})

const BYTES = LIMITS.jsonItem - 80_000

/** An event of nearly a megabyte, all of it frames that are made of one piece. */
const hostileEvent = (piece: string) => {
  const frames = Array.from({ length: 400 }, (_, number) => frameOf(piece, number))
  const fitting = Math.floor(BYTES / Buffer.byteLength(JSON.stringify(frames[0])))
  const half = Math.ceil(Math.min(frames.length, fitting) / 2)
  const stacks = [frames.slice(0, half), frames.slice(half, 2 * half)]
  return errorEvent({
    exception: {
      values: stacks.map((of) => ({ type: fill(piece, 100), value: fill(piece, 5000), stacktrace: { frames: of } })),
    },
    contexts: { react: { componentStack: fill(`${fill(piece, 400)}\n`, 4000) } },
    transaction: fill(piece, 190),
    request: { url: `https://shop.test/${fill(piece, 1950)}` },
  })
}

// Each repeats the beginning of something that a pattern of frames, paths or names looks for.
const PIECES = [
  '/vite/',
  '/vite/runtime/src',
  '/webpack',
  'webpack:///',
  '/node_modules',
  '/commonjs',
  '////',
  '../',
  '-',
  '-a1',
  '.Aa1',
  '1.',
  '/v1.2.3',
  '@1.1.1',
  'a/<',
  'a.',
  'x*',
  '[as ',
  ' [as x]',
  'async ',
  'new ',
  '<anonymous>',
  'eval at (',
  ' line 1 > eval',
  ':1',
  '@http://',
  '%',
  '?',
  '#',
  '\\',
  ' ',
  'é\u202e',
]

// The ceiling is the time limit: one event takes some tenths of a second, and a pattern that backtracks hours.
test.each(PIECES)('a megabyte of frames made of %j costs little and leaves little', async (piece) => {
  const event = hostileEvent(piece)
  expect((await service.post(service.envelopePath, envelope(event))).status).toBe(200)
  await service.digest()
  expect(service.failures).toEqual([])
  const response = await service.read(`/api/0/projects/acme/shop/events/${event.event_id}/`)
  const { grouping, culprit } = (await response.json()) as EventJson
  for (const { parts } of grouping.keys) expect(parts.join().length).toBeLessThan(20_000)
  expect(culprit.length).toBeLessThan(3000)
  const { id } = await db
    .selectFrom('event')
    .select('id')
    .where('event_id', '=', event.event_id)
    .executeTakeFirstOrThrow()
  const scripts = await db.selectFrom('event_script').selectAll().where('event_id', '=', id).execute()
  expect(scripts.length).toBeLessThanOrEqual(30)
})

import { expect, test } from 'vitest'
import { rememberBriefly } from '../src/ingest/remember-briefly.ts'

const FIVE_SECONDS_MS = 5000

/** A store that answers as it is told, or not at all, and counts how often it was asked. */
const start = () => {
  const state = { now: 0, asked: 0, answer: async (): Promise<string | undefined> => 'first' }
  const remember = rememberBriefly(
    (_question: string) => {
      state.asked += 1
      return state.answer()
    },
    () => state.now,
  )
  return { state, ask: () => remember('key') }
}

const store = {
  fails: () => Promise.reject(new Error('gone')),
  isSilent: () => new Promise<never>(() => undefined),
}

test('an answer holds for five seconds, and is asked for once by all who come then', async () => {
  const { state, ask } = start()
  expect([await ask(), await ask(), state.asked]).toEqual(['first', 'first', 1])
  state.now = FIVE_SECONDS_MS
  state.answer = async () => 'second'
  expect([await Promise.all([ask(), ask()]), state.asked]).toEqual([['second', 'second'], 2])
})

test.each(Object.entries(store))('while the store %s, the last answer holds', async (_how, answer) => {
  const { state, ask } = start()
  await ask()
  state.answer = answer
  for (let round = 1; round <= 3; round += 1) {
    state.now = round * FIVE_SECONDS_MS
    expect([await ask(), await ask(), state.asked]).toEqual(['first', 'first', 1 + round])
  }
  state.now = 4 * FIVE_SECONDS_MS
  state.answer = async () => 'second'
  expect(await ask()).toBe('second')
})

test('what is unknown is asked for each time, and its failure is told', async () => {
  const { state, ask } = start()
  state.answer = async () => undefined
  expect([await ask(), await ask(), state.asked]).toEqual([undefined, undefined, 2])
  state.answer = store.fails
  await expect(ask()).rejects.toThrow('gone')
})

test('what is gone is forgotten at once', async () => {
  const { state, ask } = start()
  await ask()
  state.now = FIVE_SECONDS_MS
  state.answer = async () => undefined
  expect(await ask()).toBeUndefined()
  state.answer = store.fails
  await expect(ask()).rejects.toThrow('gone')
})

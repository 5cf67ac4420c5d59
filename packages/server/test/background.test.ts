import { expect, test } from 'vitest'
import { createBackground } from '../src/regrouping/background.ts'

const STEP_MS = 300

interface Work {
  digestMs: number
  restMs: number
  stepMs?: number
}

/** A thread that rests and digests for so long before each look at the background, over a minute. */
const runFor = async ({ digestMs, restMs, stepMs = STEP_MS }: Work) => {
  const clock = { now: 0 }
  const spent = { digesting: 0, working: 0 }
  const background = createBackground({
    steps: [
      async () => {
        clock.now += stepMs
        spent.working += stepMs
        return true
      },
    ],
    now: () => clock.now,
    onFailure: () => undefined,
  })
  while (clock.now < 60_000) {
    clock.now += restMs + digestMs
    spent.digesting += digestMs
    await background(digestMs)
  }
  return { digesting: spent.digesting / clock.now, working: spent.working / clock.now }
}

test('while there is little to digest, all the time goes into what waits', async () => {
  expect((await runFor({ digestMs: 5, restMs: 1 })).working).toBeGreaterThan(0.95)
  expect((await runFor({ digestMs: 0, restMs: 1 })).working).toBeGreaterThan(0.99)
})

test('rest before an event does not count as digesting it', async () => {
  const { working } = await runFor({ digestMs: 5, restMs: 200 })
  expect(working).toBeGreaterThan(STEP_MS / (STEP_MS + 205) - 0.02)
})

test('while requests keep coming, what waits gets two fifths of the time, and that it gets', async () => {
  for (const digestMs of [100, 300, 1000]) {
    const { digesting, working } = await runFor({ digestMs, restMs: 1 })
    expect(digesting).toBeGreaterThan(0.5)
    expect(working).toBeGreaterThan(0.3)
    expect(working).toBeLessThan(0.5)
  }
})

test('that it gets, too, where a batch takes as long as many steps', async () => {
  for (const digestMs of [300, 1000, 2000]) {
    const { working } = await runFor({ digestMs, restMs: 1, stepMs: 20 })
    expect(working).toBeGreaterThan(0.3)
    expect(working).toBeLessThan(0.45)
  }
})

test('a task with long steps leaves the others an equal part of the time', async () => {
  for (const digestMs of [0, 300, 3000]) {
    const clock = { now: 0 }
    const spent = { long: 0, short: 0 }
    const stepOf = (name: keyof typeof spent, ms: number) => async () => {
      clock.now += ms
      spent[name] += ms
      return true
    }
    const background = createBackground({
      steps: [stepOf('long', 1500), async () => false, stepOf('short', 10)],
      now: () => clock.now,
      onFailure: () => undefined,
    })
    while (clock.now < 600_000) {
      clock.now += 1 + digestMs
      await background(digestMs)
    }
    expect(spent.short / spent.long).toBeGreaterThan(0.8)
    expect(spent.short / spent.long).toBeLessThan(1.25)
  }
})

test('a step that fails is told and left alone for a while, the others go on', async () => {
  const clock = { now: 0 }
  const told: unknown[] = []
  const asked = { failing: 0, other: 0 }
  const background = createBackground({
    steps: [
      async () => {
        asked.failing += 1
        throw new Error('full disk')
      },
      async () => (asked.other += 1) > 0,
    ],
    now: () => clock.now,
    onFailure: (error) => told.push(error),
  })
  for (; clock.now < 10_000; clock.now += 1000) await background(0)
  expect(asked).toEqual({ failing: 1, other: 10 })
  await background(0)
  expect(asked.failing).toBe(2)
  expect(told).toHaveLength(2)
})

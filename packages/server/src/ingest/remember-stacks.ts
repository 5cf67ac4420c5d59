import type { Engine, RawFrame, ResolvedFrame } from '@foghorn/symbolicate'
import type { MapAnswer } from '../ports/find-map.ts'

export type ResolveStack = (
  stack: readonly RawFrame[],
  answers: ReadonlyMap<string, MapAnswer>,
  /** Who printed the stack, where the event tells. */
  engine?: Engine,
) => readonly ResolvedFrame[]

// Each takes some 60 KB, the frames' texts for the store included.
const STACKS_KEPT = 200
// Stacks of usual length fit; a longer one would crowd out many.
const FRAMES_AT_MOST = 100

/** The few faults behind most events have the same stacks: those resolved last are kept. */
export const rememberStacks = (resolve: ResolveStack): ResolveStack => {
  const numbers = new WeakMap<object, number>()
  let lastNumber = 0
  const kept = new Map<string, readonly ResolvedFrame[]>()

  /** Maps are told apart as objects: one that is opened again after a new upload is another. */
  const numberOf = (answer: MapAnswer): string => {
    if (!('index' in answer)) return JSON.stringify(answer)
    const number = numbers.get(answer.index) ?? (lastNumber += 1)
    numbers.set(answer.index, number)
    return `${number} ${answer.by} ${answer.mapId}`
  }

  const keyOf = (...[stack, answers, engine]: Parameters<ResolveStack>): string => {
    const scripts = new Set(stack.map((frame) => frame.filename ?? ''))
    const maps = [...scripts].map((script) => {
      const answer = answers.get(script)
      return answer ? numberOf(answer) : ''
    })
    return JSON.stringify([engine, maps, stack])
  }

  return (stack, answers, engine) => {
    if (stack.length === 0 || stack.length > FRAMES_AT_MOST) return resolve(stack, answers, engine)
    const key = keyOf(stack, answers, engine)
    const resolved = kept.get(key) ?? resolve(stack, answers, engine)
    kept.delete(key)
    kept.set(key, resolved)
    if (kept.size > STACKS_KEPT) kept.delete(kept.keys().next().value!)
    return resolved
  }
}

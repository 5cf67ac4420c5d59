import type { LeanEvent } from '../event.ts'
import { repositoryPath, type Origin } from './ownership.ts'

const FRAMES = 20

/** Files of the project's own code that an event shows, the nearest one first: those of the thrown error, then of its causes. */
export const ownPaths = ({ stacks }: Pick<LeanEvent, 'stacks'>): string[] => {
  const frames = stacks.toReversed().flatMap((stack) => stack.toReversed())
  const paths = frames.flatMap(({ inApp, filename }) => (inApp && filename ? [repositoryPath(filename)] : []))
  return [...new Set(paths)].filter((path) => path !== '').slice(0, FRAMES)
}

/** Where an event comes from, as rules of ownership ask. */
export const originOf = (event: Pick<LeanEvent, 'stacks' | 'payload'>): Origin => ({
  paths: ownPaths(event),
  url: event.payload.request?.url,
  tags: { ...event.payload.tags, environment: event.payload.environment },
})

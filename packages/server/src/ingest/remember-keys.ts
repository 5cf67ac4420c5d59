import type { ProjectKey, ProjectStore } from '../ports/projects.ts'

type FindKey = ProjectStore['findKey']

const KEPT = 10_000
const KEPT_MS = 5000

/** Every request asks for its key, and keys hardly change: an answer holds for five seconds. Unknown keys are asked for each time. */
export const rememberKeys = (findKey: FindKey, now: () => number): FindKey => {
  const known = new Map<string, { key: ProjectKey; until: number }>()
  return async (publicKey) => {
    const found = known.get(publicKey)
    if (found && found.until > now()) return found.key
    const key = await findKey(publicKey)
    known.delete(publicKey)
    if (key) known.set(publicKey, { key, until: now() + KEPT_MS })
    if (known.size > KEPT) known.delete(known.keys().next().value!)
    return key
  }
}

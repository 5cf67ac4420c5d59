import type { Level, User } from '@foghorn/protocol'
import type { ScopeData, Tags } from './options.ts'

/** What events are marked with. Every setter returns the scope. */
export interface Scope {
  readonly data: ScopeData
  /** Null forgets the user. */
  setUser(user: User | null): Scope
  setTag(key: string, value: Tags[string]): Scope
  setTags(tags: Tags): Scope
  setExtra(key: string, value: unknown): Scope
  setExtras(extra: Record<string, unknown>): Scope
  /** Null removes the context. */
  setContext(name: string, context: Record<string, unknown> | null): Scope
  setLevel(level: Level): Scope
  /** Replaces the grouping; `{{ default }}` stands for what it would have been. */
  setFingerprint(parts: string[]): Scope
  /** Takes over what is given, key by key. */
  update(data: ScopeData): Scope
  clear(): Scope
}

export const mergeScopes = (one: ScopeData, two: ScopeData): ScopeData => ({
  ...one,
  ...two,
  tags: { ...one.tags, ...two.tags },
  extra: { ...one.extra, ...two.extra },
  contexts: { ...one.contexts, ...two.contexts },
})

export const createScope = (data: ScopeData = {}): Scope => {
  const scope: Scope = {
    get data() {
      return data
    },
    update: (more) => {
      try {
        data = mergeScopes(data, more)
      } catch {
        // A getter of the page's has thrown.
      }
      return scope
    },
    // JSON leaves out what is undefined.
    setUser: (user) => scope.update({ user: user ?? undefined }),
    setTag: (key, value) => scope.update({ tags: { [key]: value } }),
    setTags: (tags) => scope.update({ tags }),
    setExtra: (key, value) => scope.update({ extra: { [key]: value } }),
    setExtras: (extra) => scope.update({ extra }),
    setContext: (name, context) => scope.update({ contexts: { [name]: context ?? undefined } }),
    setLevel: (level) => scope.update({ level }),
    setFingerprint: (fingerprint) => scope.update({ fingerprint }),
    clear: () => {
      data = {}
      return scope
    },
  }
  return scope
}

const scopes = [/* @__PURE__ */ createScope()]

/** The scope that events are marked with now. */
export const getScope = (): Scope => scopes.at(-1)!

/** Runs `work` with a copy of the scope; what it changes there ends with it, or with the promise that it returns. */
export const withScope = <T>(work: (scope: Scope) => T): T => {
  const scope = createScope(getScope().data)
  const leave = (): void => void scopes.splice(scopes.indexOf(scope), 1)
  let result: T | undefined
  scopes.push(scope)
  try {
    return (result = work(scope))
  } finally {
    if (result instanceof Promise) result.then(leave, leave)
    else leave()
  }
}

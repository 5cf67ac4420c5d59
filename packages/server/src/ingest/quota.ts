import type { RateLimit } from './rate-limit.ts'
import type { RulesOf } from './project-rules.ts'

const MINUTE_MS = 60_000

// Many times what the service digests in a minute: below it no burst does harm, however unusual it is for the project.
const SPIKE_FLOOR = 200_000
const SPIKE_FACTOR = 10
// How much of a project's mean the last minute makes: an hour or so of history.
const SHARE_OF_LAST_MINUTE = 0.02

export interface Sending {
  projectId: number
  publicKey: string
  remoteAddress: string
  /** How many events the request brings. */
  events: number
}

export interface Quota {
  /** Counts the events, unless they are more than may come in this minute: then says until when to keep events back. */
  take(sending: Sending): Promise<RateLimit | undefined>
}

interface Bound {
  name: string
  limit: number | null
  scope: RateLimit['scope']
  reason: string
}

/** Counts events by the minute: per key, project and address, and against what the project usually sends. */
export const createQuota = (rulesOf: RulesOf, now: () => number): Quota => {
  let minute = 0
  let counts = new Map<string, number>()
  const means = new Map<number, number>()
  let projects = new Map<number, number>()

  const roll = (): void => {
    const current = Math.floor(now() / MINUTE_MS)
    if (current === minute) return
    for (const id of new Set([...means.keys(), ...projects.keys()])) {
      const mean = means.get(id) ?? 0
      means.set(id, mean + ((projects.get(id) ?? 0) - mean) * SHARE_OF_LAST_MINUTE)
    }
    minute = current
    counts = new Map()
    projects = new Map()
  }

  const boundsOf = async ({ projectId, publicKey, remoteAddress }: Sending): Promise<Bound[]> => {
    const { settings } = await rulesOf(projectId)
    const usual = Math.max(SPIKE_FLOOR, (means.get(projectId) ?? 0) * SPIKE_FACTOR)
    return [
      { name: 'spike', limit: settings.spikeProtection ? usual : null, scope: 'project', reason: 'spike' },
      { name: 'all', limit: settings.eventsPerMinute, scope: 'project', reason: 'quota' },
      { name: `key ${publicKey}`, limit: settings.eventsPerMinuteAndKey, scope: 'key', reason: 'key_quota' },
      {
        name: `address ${remoteAddress}`,
        limit: settings.eventsPerMinuteAndAddress,
        scope: 'key',
        reason: 'address_quota',
      },
    ]
  }

  return {
    take: async (sending) => {
      roll()
      const bounds = (await boundsOf(sending)).filter(({ limit }) => limit !== null)
      const keyOf = ({ name }: Bound): string => `${sending.projectId} ${name}`
      const reached = bounds.find((bound) => (counts.get(keyOf(bound)) ?? 0) + sending.events > bound.limit!)
      if (reached) {
        const seconds = Math.ceil(((minute + 1) * MINUTE_MS - now()) / 1000)
        return { seconds, categories: ['error', 'default'], scope: reached.scope, reason: reached.reason }
      }
      for (const bound of bounds) counts.set(keyOf(bound), (counts.get(keyOf(bound)) ?? 0) + sending.events)
      projects.set(sending.projectId, (projects.get(sending.projectId) ?? 0) + sending.events)
      return undefined
    },
  }
}

import type { RateLimit } from './rate-limit.ts'
import type { IngestSettings } from './ingest-settings.ts'
import type { ProjectRules, RulesOf } from './project-rules.ts'
import { createSpikes } from './spikes.ts'

const MINUTE_MS = 60_000

// Many times what the service digests in a minute: below it no burst does harm, however unusual it is for the project.
const SPIKE_FLOOR = 200_000

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
  limit: number
  scope: RateLimit['scope']
  reason: string
}

const SPIKE = { scope: 'project', reason: 'spike' } as const

const boundsOf = (settings: IngestSettings, { publicKey, remoteAddress }: Sending): Bound[] => {
  const { eventsPerMinute, eventsPerMinuteAndKey, eventsPerMinuteAndAddress } = settings
  const bounds: (Omit<Bound, 'limit'> & { limit: number | null })[] = [
    { name: 'all', limit: eventsPerMinute, scope: 'project', reason: 'quota' },
    { name: `key ${publicKey}`, limit: eventsPerMinuteAndKey, scope: 'key', reason: 'key_quota' },
    { name: `address ${remoteAddress}`, limit: eventsPerMinuteAndAddress, scope: 'key', reason: 'address_quota' },
  ]
  return bounds.filter((bound): bound is Bound => bound.limit !== null)
}

/** Counts events by the minute: per key, project and address, and against what the project usually sends. */
export const createQuota = (rulesOf: RulesOf, now: () => number): Quota => {
  const spikes = createSpikes(SPIKE_FLOOR, now)
  let minute = 0
  let counts = new Map<string, number>()

  const roll = (): void => {
    const current = Math.floor(now() / MINUTE_MS)
    if (current !== minute) counts = new Map()
    minute = current
  }

  const keyOf = ({ projectId }: Sending, { name }: Bound): string => `${projectId} ${name}`

  const reached = ({ settings }: ProjectRules, sending: Sending): Pick<Bound, 'scope' | 'reason'> | undefined => {
    const isSpike = settings.spikeProtection && spikes.exceeds(String(sending.projectId), sending.events)
    if (isSpike) return SPIKE
    return boundsOf(settings, sending).find(
      (bound) => (counts.get(keyOf(sending, bound)) ?? 0) + sending.events > bound.limit,
    )
  }

  const count = ({ settings }: ProjectRules, sending: Sending): void => {
    spikes.add(String(sending.projectId), sending.events)
    for (const bound of boundsOf(settings, sending)) {
      const key = keyOf(sending, bound)
      counts.set(key, (counts.get(key) ?? 0) + sending.events)
    }
  }

  return {
    take: async (sending) => {
      const rules = await rulesOf(sending.projectId)
      roll()
      const bound = reached(rules, sending)
      if (!bound) return void count(rules, sending)
      const seconds = Math.ceil(((minute + 1) * MINUTE_MS - now()) / 1000)
      return { seconds, categories: ['error', 'default'], scope: bound.scope, reason: bound.reason }
    },
  }
}

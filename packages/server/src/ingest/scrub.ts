import type { NormalisedEvent, ScrubbedEvent } from '../event.ts'
import { secretNames, type IsSecretName } from './secrets/secret-names.ts'
import { FILTERED, PERSONAL, scrubParameters, scrubValues, SECRETS } from './secrets/secret-values.ts'

/** What a project adds to the rules that hold everywhere. */
export interface ScrubSettings {
  /** Parts of names whose values are masked too. */
  secretNames: string[]
  /** Names whose values are left as they are, whatever the rules for names say. */
  safeNames: string[]
  /** Whether addresses of people are kept where clients put them; in other texts they are always masked. */
  ipAddresses: 'keep' | 'remove'
}

export const DEFAULT_SCRUBBING: ScrubSettings = { secretNames: [], safeNames: [], ipAddresses: 'keep' }

export type Scrub = (event: NormalisedEvent) => ScrubbedEvent

// Where code is and what it is called: maps are found by these, and a release may look like an e-mail address.
const PLACES = new Set(['filename', 'abs_path', 'code_file', 'module', 'release', 'dist', 'environment', 'version'])
// What clients say of a person is there on purpose.
const PERSON = 'user'
// Made of hex digits and names of ours; nothing in them was written by a page.
const UNTOUCHED = new Set(['event_id', 'debug_id', 'trace_id', 'span_id'])

const EVERYWHERE = [...SECRETS, ...PERSONAL]

const SHORTEST_SECRET = 6
const NAMES_KEPT = 5000

type Texts = (text: string) => string

// `session: {id: …}` is walked, `session: "…"` is a secret.
const isContainer = (value: unknown): boolean => typeof value === 'object' || typeof value === 'boolean'

const createWalk = (isSecret: IsSecretName) => {
  const place: Texts = (text) => scrubParameters(text.includes('@') ? scrubValues(text, SECRETS) : text, isSecret)
  const person: Texts = (text) => scrubValues(scrubParameters(text, isSecret), SECRETS)
  const anywhere: Texts = (text) => scrubValues(scrubParameters(text, isSecret), EVERYWHERE)

  const textsUnder = (name: string, texts: Texts): Texts => {
    if (PLACES.has(name)) return place
    return name === PERSON ? person : texts
  }

  const scrubList = (list: readonly unknown[], texts: Texts): readonly unknown[] => {
    const scrubbed = list.map((value) => scrubValue(value, texts))
    return scrubbed.some((value, index) => value !== list[index]) ? scrubbed : list
  }

  const scrubEntry = (name: string, value: unknown, texts: Texts): unknown => {
    if (UNTOUCHED.has(name) && typeof value === 'string' && /^[\da-f-]{16,36}$/i.test(value)) return value
    if (isSecret(name) && !isContainer(value)) return value === undefined ? value : FILTERED
    return scrubValue(value, textsUnder(name, texts))
  }

  /** Names are texts too: maps are kept by e-mail and by token. The same clean ones come with every event. */
  const cleanNames = new Set<string>()
  const scrubName = (name: string, texts: Texts): string => {
    if (name.length < SHORTEST_SECRET || cleanNames.has(name)) return name
    const scrubbed = texts(name)
    if (scrubbed === name && cleanNames.size < NAMES_KEPT) cleanNames.add(name)
    return scrubbed
  }

  const scrubObject = (object: Record<string, unknown>, texts: Texts): Record<string, unknown> => {
    let copy: Record<string, unknown> | undefined
    for (const name in object) {
      const value = object[name]
      const scrubbed = scrubEntry(name, value, texts)
      const shown = scrubName(name, texts)
      if (scrubbed === value && shown === name) continue
      copy ??= { ...object }
      if (shown !== name) delete copy[name]
      copy[shown] = scrubbed
    }
    return copy ?? object
  }

  /** Gives back what it was given when there is nothing to mask, so that most of an event is not copied. */
  const scrubValue = (value: unknown, texts: Texts): unknown => {
    if (typeof value === 'string') return texts(value)
    if (typeof value !== 'object' || value === null) return value
    return Array.isArray(value) ? scrubList(value, texts) : scrubObject(value as Record<string, unknown>, texts)
  }

  return { json: (value: unknown) => scrubValue(value, anywhere), text: anywhere }
}

const withoutAddress = (payload: NormalisedEvent['payload']): NormalisedEvent['payload'] => {
  if (!payload.user) return payload
  const { ip_address: _address, ...user } = payload.user
  return { ...payload, user }
}

/** Masks secrets by name and by shape in every text of the event. */
export const createScrub = (settings: ScrubSettings = DEFAULT_SCRUBBING): Scrub => {
  const walk = createWalk(secretNames(settings.secretNames, settings.safeNames))
  return (event) => {
    const payload = settings.ipAddresses === 'remove' ? withoutAddress(event.payload) : event.payload
    return { ...event, payload: walk.json(payload) } as ScrubbedEvent
  }
}

/** By the rules that hold everywhere. */
export const scrub = createScrub()

/** The same for what is no event: any JSON, and any text. */
export const { json: scrubJson, text: scrubText } = createWalk(secretNames())

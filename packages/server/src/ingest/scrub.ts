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

const DEFAULT_SCRUBBING: ScrubSettings = { secretNames: [], safeNames: [], ipAddresses: 'keep' }

export type Scrub = (event: NormalisedEvent) => ScrubbedEvent

// Where code is and what it is called: maps are found by these, and a release may look like an e-mail address.
const PLACES = new Set(['filename', 'abs_path', 'code_file', 'module', 'release', 'dist', 'environment', 'version'])
// What clients say of a person is there on purpose.
const PERSON = 'user'
// Made of hex digits and names of ours; nothing in them was written by a page.
const UNTOUCHED = new Set(['event_id', 'debug_id', 'trace_id', 'span_id'])

const EVERYWHERE = [...SECRETS, ...PERSONAL]

const NAMES_KEPT = 5000

type Texts = (text: string) => string

// `session: {id: …}` is walked, `session: "…"` is a secret.
const isContainer = (value: unknown): boolean => typeof value === 'object' || typeof value === 'boolean'

const isId = (value: unknown): boolean => typeof value === 'string' && /^[\da-f-]{16,36}$/i.test(value)

/** What a name says of its value; the same names come with every event. */
interface Meaning {
  isSecret: boolean
  isUntouched: boolean
  /** Names are texts too: maps are kept by e-mail and by token. */
  isClean: boolean
  /** How texts under it are masked, when not like those around it. */
  texts: Texts | undefined
}

const createWalk = (isSecret: IsSecretName) => {
  const place: Texts = (text) => scrubParameters(text.includes('@') ? scrubValues(text, SECRETS) : text, isSecret)
  const person: Texts = (text) => scrubValues(scrubParameters(text, isSecret), SECRETS)
  const anywhere: Texts = (text) => scrubValues(scrubParameters(text, isSecret), EVERYWHERE)

  const textsUnder = (name: string): Texts | undefined => {
    if (PLACES.has(name)) return place
    return name === PERSON ? person : undefined
  }

  const meanings = new Map<string, Meaning>()
  const meaningOf = (name: string): Meaning => {
    const known = meanings.get(name)
    if (known) return known
    const meaning = {
      isSecret: isSecret(name),
      isUntouched: UNTOUCHED.has(name),
      isClean: anywhere(name) === name,
      texts: textsUnder(name),
    }
    if (meanings.size < NAMES_KEPT) meanings.set(name, meaning)
    return meaning
  }

  const scrubList = (list: readonly unknown[], texts: Texts): readonly unknown[] => {
    let copy: unknown[] | undefined
    for (let index = 0; index < list.length; index += 1) {
      const scrubbed = scrubValue(list[index], texts)
      if (scrubbed !== list[index]) (copy ??= [...list])[index] = scrubbed
    }
    return copy ?? list
  }

  const scrubEntry = (meaning: Meaning, value: unknown, texts: Texts): unknown => {
    if (meaning.isUntouched && isId(value)) return value
    if (meaning.isSecret && !isContainer(value)) return value === undefined ? value : FILTERED
    return scrubValue(value, meaning.texts ?? texts)
  }

  const scrubObject = (object: Record<string, unknown>, texts: Texts): Record<string, unknown> => {
    let copy: Record<string, unknown> | undefined
    for (const name in object) {
      const [value, meaning] = [object[name], meaningOf(name)]
      const scrubbed = scrubEntry(meaning, value, texts)
      const shown = meaning.isClean ? name : texts(name)
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

  return { json: (value: unknown) => scrubValue(value, anywhere), text: anywhere, place }
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

/** The same for releases and environments that come without an event: what is masked in one is masked in the other. */
export const createPlaceScrub = ({ secretNames: own, safeNames }: ScrubSettings): ((place: string) => string) =>
  createWalk(secretNames(own, safeNames)).place

/** By the rules that hold everywhere. */
export const scrub = createScrub()

/** The same for what is no event: any JSON, and any text. */
export const { json: scrubJson, text: scrubText } = createWalk(secretNames())

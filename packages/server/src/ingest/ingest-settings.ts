import * as v from 'valibot'

const names = v.optional(v.pipe(v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(100))), v.maxLength(200)), [])
const globs = v.optional(v.pipe(v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(200))), v.maxLength(100)), [])
const perMinute = v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000_000))), null)

/** What a project decides about what it takes in. Everything is optional; the defaults take all events but the noise of extensions. */
export const IngestSettings = v.object({
  /** Sites whose pages may send, as `https://shop.example` or `*.shop.example`; empty: all may. Globs. */
  allowedOrigins: globs,
  /** Parts of names whose values are masked, besides the usual ones. */
  secretNames: names,
  /** Names whose values are left as they are. */
  safeNames: names,
  /** Whether addresses of people are kept where clients put them. */
  ipAddresses: v.optional(v.picklist(['keep', 'remove']), 'keep'),
  /** Leaves out errors in browser extensions. */
  filterExtensions: v.optional(v.boolean(), true),
  /** Leaves out what crawlers report. */
  filterCrawlers: v.optional(v.boolean(), false),
  /** Leaves out pages of the developer's own machine. */
  filterLocalhost: v.optional(v.boolean(), false),
  /** Leaves out browsers that are no longer supported by their makers. */
  filterLegacyBrowsers: v.optional(v.boolean(), false),
  /** Leaves out errors of React's hydration. */
  filterHydration: v.optional(v.boolean(), false),
  /** Leaves out errors of which no frame lies in a script of these origins; empty: all are taken. Globs. */
  ownScripts: globs,
  /** Leaves out events of these releases. Globs. */
  filteredReleases: globs,
  /** Leaves out events with these messages. Globs. */
  filteredMessages: globs,
  /** How many events are taken in a minute from all clients; null: as many as come. */
  eventsPerMinute: perMinute,
  /** How many events are taken in a minute from clients with one key; null: as many as come. */
  eventsPerMinuteAndKey: perMinute,
  /** How many events are taken in a minute from one address; null: as many as come. */
  eventsPerMinuteAndAddress: perMinute,
  /** Takes only a part of the events when many more come than usual, in the project or in one issue. */
  spikeProtection: v.optional(v.boolean(), true),
})
export type IngestSettings = v.InferOutput<typeof IngestSettings>

/** What is named is changed, the rest stays. */
export const IngestSettingsChange = v.partial(IngestSettings)
export type IngestSettingsChange = v.InferOutput<typeof IngestSettingsChange>

export const DEFAULT_INGEST_SETTINGS: IngestSettings = v.parse(IngestSettings, {})

import type { ClientEvent } from '@foghorn/protocol'
import type { Entry } from '../buffer/entry.ts'
import { bytesOf, fit } from '../enrich/fit.ts'

// The item's header, and the session's update.
const BYTES_AROUND_EVENT = 600

/** The entry without what its event can do without, if it is one. */
const shorten = (entry: Entry, maxBytes: number): Entry => {
  if (entry.category !== 'error' || bytesOf(entry.items) <= maxBytes) return entry
  const [header, event, ...more] = entry.items.split('\n')
  const fitted = fit(JSON.parse(event!) as ClientEvent, maxBytes - BYTES_AROUND_EVENT)
  return { ...entry, items: [header, JSON.stringify(fitted), ...more].join('\n') }
}

/** Makes entries that have to go together light enough for it: the heaviest share what the others leave. */
export const lighten = (entries: Entry[], maxBytes: number): Entry[] => {
  let left = maxBytes
  return entries
    .toSorted((one, two) => one.items.length - two.items.length)
    .map((entry, at) => {
      const light = shorten(entry, left / (entries.length - at))
      left -= bytesOf(light.items)
      return light
    })
}

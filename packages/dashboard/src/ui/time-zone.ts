const STORAGE_KEY = 'foghorn.time-zone'

export const TIME_ZONES: readonly string[] = [
  'UTC',
  ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC'),
]

/** The zone that this browser chose to read times in; undefined: its own. Storage may be refused, as in some private windows. */
const stored = (): string | undefined => {
  try {
    const zone = localStorage.getItem(STORAGE_KEY)
    return zone !== null && TIME_ZONES.includes(zone) ? zone : undefined
  } catch {
    return undefined
  }
}

let chosen = stored()

/** For `Intl` and `toLocaleString`: the zone to show times in. */
export const timeZone = (): string | undefined => chosen

export const saveTimeZone = (zone: string | undefined): void => {
  chosen = zone
  try {
    if (zone === undefined) localStorage.removeItem(STORAGE_KEY)
    else localStorage.setItem(STORAGE_KEY, zone)
  } catch {
    // The choice then lasts as long as the page.
  }
}

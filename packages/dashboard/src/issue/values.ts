/** A value of an event as text: JSON for what has parts. */
export const showValue = (value: unknown): string => {
  if (typeof value === 'string') return value
  if (typeof value === 'object' && value !== null) return JSON.stringify(value, null, 2)
  return String(value)
}

/** `browser_name` and `deviceMemory` as words. */
export const showKey = (key: string): string =>
  key
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/[_-]+/g, ' ')
    .toLowerCase()

/** Entries that say something. */
export const entriesOf = (record: object | null | undefined): [string, unknown][] =>
  Object.entries(record ?? {}).filter(([, value]) => value !== null && value !== undefined && value !== '')

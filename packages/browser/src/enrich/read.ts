/** A property of a value that may be anything: null, a Proxy that throws, an object with a hostile getter. */
export const read = (value: unknown, key: PropertyKey): unknown => {
  try {
    return (value as Record<PropertyKey, unknown> | undefined)?.[key]
  } catch {}
}

export const readText = (value: unknown, key: PropertyKey): string => {
  const text = read(value, key)
  return typeof text === 'string' ? text : ''
}

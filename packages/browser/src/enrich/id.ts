const POOL = 256
let pool: string[] = []

/** 32 hex digits. `crypto.randomUUID` is missing on pages without TLS, this is not; asking for each anew takes time. */
export const hexId = (): string => {
  if (!pool[0])
    pool = Array.from(crypto.getRandomValues(new Uint32Array(POOL)), (part) => part.toString(16).padStart(8, '0'))
  return pool.splice(-4).join('')
}

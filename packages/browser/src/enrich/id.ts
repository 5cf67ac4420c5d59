/** 32 hex digits. `crypto.randomUUID` is missing on pages without TLS, this is not. */
export const hexId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => (byte + 256).toString(16).slice(1)).join('')

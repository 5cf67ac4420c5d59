/** 32 hex digits, of which ten are enough. `crypto.randomUUID` is missing on pages without TLS, this is not. */
export const hexId = (): string =>
  crypto
    .getRandomValues(new Uint8Array(32))
    .map((byte) => byte % 10)
    .join('')

/** Bytes of the JSON, out of what was uploaded or found: without BOM, anti-XSSI line or `data:` wrapping. */
export const mapText = (map: Uint8Array | string): Buffer => {
  let bytes = typeof map === 'string' ? Buffer.from(map) : Buffer.from(map.buffer, map.byteOffset, map.byteLength)
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) bytes = bytes.subarray(3)
  if (bytes.toString('latin1', 0, 5).toLowerCase() === 'data:') bytes = dataUrlBody(bytes)
  // A first line that starts with )]}' keeps the map from being run as a script (ECMA-426, "Conversion").
  if (bytes.toString('latin1', 0, 4) === ")]}'") bytes = bytes.subarray(endOfLine(bytes))
  return bytes
}

const endOfLine = (bytes: Buffer): number => {
  const end = bytes.indexOf(0x0a)
  return end < 0 ? bytes.length : end + 1
}

const dataUrlBody = (bytes: Buffer): Buffer => {
  const comma = bytes.indexOf(0x2c)
  if (comma < 0) return bytes
  const head = bytes.toString('latin1', 5, comma)
  const body = bytes.toString('latin1', comma + 1)
  const decoded = /;\s*base64\s*$/i.test(head) ? Buffer.from(body, 'base64') : Buffer.from(percentDecoded(body))
  return decoded[0] === 0xef && decoded[1] === 0xbb && decoded[2] === 0xbf ? decoded.subarray(3) : decoded
}

const percentDecoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

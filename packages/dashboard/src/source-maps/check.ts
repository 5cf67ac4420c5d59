export interface CheckedScript {
  url: string
  debugId?: string
  positions: [line: number, column: number][]
}

/** Reads what people paste: an address, as it stands in a stack, with or without `:line:column`. */
export const readScript = (text: string, debugId: string): CheckedScript => {
  const [, url = text.trim(), line, column] = /^(.+?):(\d{1,9}):(\d{1,9})$/.exec(text.trim()) ?? []
  return {
    url,
    ...(debugId.trim() !== '' && { debugId: debugId.trim() }),
    positions: line && column ? [[Number(line), Number(column)]] : [],
  }
}

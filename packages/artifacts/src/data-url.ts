const DATA_URL = /^data:([^,]*),([^]*)$/

/** The text in a `data:` URL, base64 or percent-encoded; undefined when it is none or is damaged. */
export const readDataUrl = (url: string): string | undefined => {
  const match = DATA_URL.exec(url)
  if (!match) return undefined
  const [, type = '', data = ''] = match
  if (/;\s*base64$/i.test(type)) return Buffer.from(data, 'base64').toString('utf8')
  try {
    return decodeURIComponent(data)
  } catch {
    return undefined
  }
}

export const writeJsonDataUrl = (json: string): string =>
  `data:application/json;charset=utf-8;base64,${Buffer.from(json).toString('base64')}`

import { scrubJson, scrubText } from './scrub.ts'

const decoder = new TextDecoder()

const scrubLine = (line: string): string => {
  try {
    const json: unknown = JSON.parse(line)
    return typeof json === 'object' ? JSON.stringify(scrubJson(json)) : scrubText(line)
  } catch {
    return scrubText(line)
  }
}

/** An envelope as it may be shown: line by line, for what cannot be read as a whole is looked at for that very reason. */
export const scrubEnvelope = (body: Uint8Array): string => decoder.decode(body).split('\n').map(scrubLine).join('\n')

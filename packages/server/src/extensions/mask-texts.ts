import { UNMASKED } from './extend-event.ts'
import type { Host } from './host.ts'

/** Masks texts that are in no event, each by its name; never fails. */
export type MaskTexts = <Texts extends Record<string, string>>(texts: Texts) => Promise<Texts>

const TIMEOUT_MS = 3000

type Texts = Record<string, string>

const unmasked = (texts: Texts): Texts =>
  Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, text === '' ? text : UNMASKED]))

const throughOne = async (host: Host, texts: Texts, onFailure: (reason: string) => void): Promise<Texts> => {
  try {
    return (await host.call({ call: 'mask', texts }, TIMEOUT_MS)) as Texts
  } catch (error) {
    onFailure(`${host.description.name}: ${(error as Error).message}`)
    return unmasked(texts)
  }
}

/** Sends texts through the extensions that have maskers, one after the other. */
export const maskingTexts = (hosts: readonly Host[], onFailure: (reason: string) => void): MaskTexts => {
  const used = hosts.filter(({ description: { maskers } }) => maskers.length > 0)
  return async (texts) => {
    let masked: Texts = texts
    for (const host of used) masked = await throughOne(host, masked, onFailure)
    return masked as typeof texts
  }
}

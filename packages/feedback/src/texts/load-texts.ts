import { en } from './en.ts'
import type { Texts } from './texts.ts'

const LANGUAGES: Record<string, () => Promise<Texts>> = {
  de: async () => (await import('./de.ts')).de,
  fr: async () => (await import('./fr.ts')).fr,
  es: async () => (await import('./es.ts')).es,
  pt: async () => (await import('./pt.ts')).pt,
  ja: async () => (await import('./ja.ts')).ja,
  zh: async () => (await import('./zh.ts')).zh,
}

/** The texts of a language such as `de-AT`; English for any other, and when the texts cannot be fetched. */
export const loadTexts = async (lang: string): Promise<Texts> => {
  const load = LANGUAGES[lang.toLowerCase().split('-')[0]!]
  return (await load?.().catch(() => undefined)) ?? en
}

/** Texts as they are edited: one a line. */
export const toLines = (texts: readonly string[]): string => texts.join('\n')

export const fromLines = (text = ''): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** A number as it is edited; empty means none. */
export const toNumber = (text = ''): number | null => (text.trim() === '' ? null : Number(text))

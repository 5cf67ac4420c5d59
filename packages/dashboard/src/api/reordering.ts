// Invisible marks that reorder text, with which a message or a source line can pretend to be another (CVE-2021-42574).
const REORDERING = /[\u202A-\u202E\u2066-\u2069]/g

/** Spells out the marks that reorder text: `⟨U+202E⟩`. */
export const spellOutReordering = (text: string): string =>
  text.replaceAll(REORDERING, (mark) => `⟨U+${mark.charCodeAt(0).toString(16).toUpperCase()}⟩`)

const SENTENCES = {
  version: 'The field "version" is not 3; the map was read as version 3.',
  'field-type': 'An optional field has the wrong type and was ignored.',
  'section-url': 'A section gives a URL instead of a map; such sections are not read.',
  'sections-unsorted': 'The sections are not in the order of their offsets; they were sorted.',
  'sources-not-strings': 'A source is neither a string nor null; it was read as null.',
  'contents-length': '"sourcesContent" and "sources" differ in length.',
  'no-contents':
    'Source texts are missing: frames of these files show no lines of code and get names from the script at best.',
  'bad-segments': 'Some mappings cannot be decoded (wrong number of fields or bad base64) and were dropped.',
  'negative-columns': 'Some mappings have a column below 0 and were dropped.',
  'source-range': 'Some mappings point at a source that the map does not list; they count as unmapped.',
  'name-range': 'Some mappings point at a name that the map does not list; the name was ignored.',
  'original-range': 'Some mappings have an original line or column out of range; they count as unmapped.',
  unsorted: 'The mappings of some lines are not in the order of their columns; they were sorted.',
  'unparsed-sources':
    'Some source texts are not JavaScript or TypeScript that parses; functions in them have no names.',
  'script-unparsed': 'The script does not parse; no function names were taken from it.',
  strict: 'A strict reader refuses this map; browsers may do so too.',
  'names-left-out': 'A source text could not be parsed within the limits; the index holds no function names.',
} as const

export type WarningCode = keyof typeof SENTENCES

/** Something in a map that is against the specification or makes frames poorer, and was got over. */
export interface MapWarning {
  code: WarningCode
  sentence: string
  /** How often it was found. */
  count: number
  /** What exactly, where one sentence for all is not enough. */
  detail?: string
}

export const warning = (code: WarningCode, count = 1, detail?: string): MapWarning => ({
  code,
  sentence: SENTENCES[code],
  count,
  ...(detail === undefined ? {} : { detail }),
})

export class Warnings {
  readonly #found = new Map<WarningCode, MapWarning>()

  add(code: WarningCode, count = 1, detail?: string): void {
    if (count === 0) return
    const known = this.#found.get(code)
    if (known) known.count += count
    else this.#found.set(code, warning(code, count, detail))
  }

  list(): MapWarning[] {
    return [...this.#found.values()]
  }
}

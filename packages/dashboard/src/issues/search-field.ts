export interface SearchFieldProps {
  org: string
  /** Number of the project that the list is narrowed to. */
  project: string | undefined
  query: string
}

/** What the field is, with completion and before that has come. */
export const SEARCH_FIELD = {
  name: 'query',
  'aria-label': 'Search issues',
  placeholder: 'Words, or assigned:me browser:Chrome* !has:release times:>100',
  title: 'Press / to come here',
  autoComplete: 'off',
  autoCapitalize: 'off',
  spellCheck: false,
} as const

/** Positions in the field's text; the same twice for a caret. */
export interface Selection {
  from: number
  to: number
}

/** Undefined while nobody writes there. */
export const selectionIn = (input: HTMLInputElement | null): Selection | undefined =>
  input && input === document.activeElement
    ? { from: input.selectionStart ?? 0, to: input.selectionEnd ?? 0 }
    : undefined

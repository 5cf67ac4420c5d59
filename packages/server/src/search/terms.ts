// A search text in its terms: `is:unresolved !browser:"Chrome 1*" times:>100 "free text"`. Knows nothing of what keys mean.

const COMPARISONS = ['>=', '<=', '>', '<'] as const
export type Comparison = (typeof COMPARISONS)[number]

export interface TermValue {
  text: string
  /** `*` in a quoted value is an asterisk. */
  quoted: boolean
  /** Column where it begins, counted from 1. */
  at: number
}

export interface Term {
  /** Absent for words to look for. */
  key?: string
  /** The key was written as `tags[key]`: it names a tag, whatever else it may mean. */
  isTag: boolean
  negated: boolean
  comparison?: Comparison
  /** Several only when they were written as `[a, b]`. */
  values: TermValue[]
  /** Column where the term begins, counted from 1. */
  at: number
}

/** Why a search text cannot be used, in words for whoever wrote it. */
export interface SearchProblem {
  /** Column, counted from 1. */
  at: number
  message: string
}

export const isProblem = (result: object): result is SearchProblem => 'message' in result

const MAX_SEARCH_CHARS = 1000
const MAX_TERMS = 30
const MAX_VALUES = 50

const SPACE = /\s*/y
// `TypeError: x` and `https://x` are words, as pasted from somewhere.
const KEY = /(?:tags\[([^\]\s]{1,200})\]|([A-Za-z_][\w.-]*)):(?=\S)(?!\/\/)/y
const COMPARISON = /[<>]=?/y
const BARE = /[^\s"]+/y
const BARE_IN_LIST = /[^\s",[\]]+/y

interface Reader {
  text: string
  position: number
}

const take = (reader: Reader, pattern: RegExp): RegExpExecArray | undefined => {
  pattern.lastIndex = reader.position
  const match = pattern.exec(reader.text)
  if (match) reader.position = pattern.lastIndex
  return match ?? undefined
}

const takeChar = (reader: Reader, char: string): boolean => {
  if (reader.text[reader.position] !== char) return false
  reader.position += 1
  return true
}

/** A backslash lets a quotation mark, or itself, stand in the text. */
const readQuoted = (reader: Reader, at: number): TermValue | SearchProblem => {
  let text = ''
  while (reader.position < reader.text.length) {
    const char = reader.text[reader.position]!
    reader.position += 1
    if (char === '"') return { text, quoted: true, at }
    const next = reader.text[reader.position]
    if (char === '\\' && (next === '"' || next === '\\')) {
      text += next
      reader.position += 1
    } else text += char
  }
  return { at, message: 'the quotation mark is never closed. Add a " where the text ends.' }
}

const readValue = (reader: Reader, bare: RegExp): TermValue | SearchProblem => {
  const at = reader.position + 1
  if (takeChar(reader, '"')) return readQuoted(reader, at)
  return { text: take(reader, bare)?.[0] ?? '', quoted: false, at }
}

const readList = (reader: Reader): TermValue[] | SearchProblem => {
  const at = reader.position
  const values: TermValue[] = []
  do {
    take(reader, SPACE)
    const value = readValue(reader, BARE_IN_LIST)
    if (isProblem(value)) return value
    if (value.text === '' && !value.quoted) return { at: value.at, message: 'a value is missing in the list.' }
    values.push(value)
    take(reader, SPACE)
  } while (takeChar(reader, ','))
  if (!takeChar(reader, ']'))
    return { at, message: 'the list is never closed. Separate values by commas and end it with ].' }
  return values.length > MAX_VALUES ? { at, message: `a list may have at most ${MAX_VALUES} values.` } : values
}

const readValues = (reader: Reader): TermValue[] | SearchProblem => {
  if (takeChar(reader, '[')) return readList(reader)
  const value = readValue(reader, BARE)
  return isProblem(value) ? value : [value]
}

const readTerm = (reader: Reader): Term | SearchProblem => {
  const at = reader.position + 1
  const negated = takeChar(reader, '!')
  const named = take(reader, KEY)
  const comparison = named && (take(reader, COMPARISON)?.[0] as Comparison | undefined)
  const values = named ? readValues(reader) : readValue(reader, BARE)
  if ('message' in values) return values
  return {
    ...(named && { key: named[1] ?? named[2]! }),
    isTag: named?.[1] !== undefined,
    negated,
    ...(comparison && { comparison }),
    values: Array.isArray(values) ? values : [values],
    at,
  }
}

const readAll = (reader: Reader): Term[] | SearchProblem => {
  const terms: Term[] = []
  for (take(reader, SPACE); reader.position < reader.text.length; take(reader, SPACE)) {
    const term = readTerm(reader)
    if (isProblem(term)) return term
    terms.push(term)
    if (terms.length > MAX_TERMS) return { at: term.at, message: `a search may have at most ${MAX_TERMS} terms.` }
  }
  return terms
}

/** The terms of a search text, or the first thing in it that cannot be read. */
export const readTerms = (text: string): Term[] | SearchProblem =>
  text.length > MAX_SEARCH_CHARS
    ? { at: MAX_SEARCH_CHARS + 1, message: `a search may have at most ${MAX_SEARCH_CHARS} characters.` }
    : readAll({ text, position: 0 })

import type { RawFrame } from '../frames/frame.ts'
import type { Engine } from '../names/engine.ts'

/** A frame read from a line of text, and whose way of writing it was. */
export interface FrameLine {
  frame: RawFrame
  engine: Engine | 'gecko-or-jsc'
}

/** Reads one line of a stack in the form of any engine; undefined when the line is not a frame. */
export const parseFrameLine = (line: string): FrameLine | undefined => v8Line(line) ?? geckoLine(line)

// "at name (place)", "at place", "at async name (place)"; a logger may have put its own words in front.
const V8 = /(?:^|\s)at (?:(.+?) ?\((.*)\)|(async )?(\S.*))$/

const v8Line = (line: string): FrameLine | undefined => {
  // Node prints the properties of an error in braces behind its last frame.
  const match = V8.exec(line.trimEnd().replace(/ \{$/, ''))
  if (!match) return undefined
  const [, name, inner, isAsync, bare] = match
  if (bare !== undefined) return bareV8(bare, isAsync)
  if (/^index \d+$/.test(inner!)) return { frame: { function: `${name!} (${inner!})` }, engine: 'v8' }
  const place = placeOf(evalOrigin(inner!) ?? inner!)
  return place && isPlace(place) ? { frame: { function: name!, ...place }, engine: 'v8' } : undefined
}

const bareV8 = (bare: string, isAsync: string | undefined): FrameLine | undefined => {
  const place = placeOf(bare)
  // Prose has "at" too ("crashed at startup"): without a position it is no frame.
  if (!place || !isPlace(place)) return undefined
  return { frame: { ...(isAsync ? { function: 'async' } : {}), ...place }, engine: 'v8' }
}

/** Messages say "at" as well ("at position 1 (line 1 column 2)"): a place has a line, or is inside the browser. */
const isPlace = ({ lineno, filename }: RawFrame): boolean =>
  lineno !== undefined || /^(<anonymous>|native|unknown location)$|wasm/.test(filename ?? '')

/** `eval at f (url:1:2), <anonymous>:3:4`: the place of the outermost eval is the one in a file. */
const evalOrigin = (place: string): string | undefined => {
  if (!place.startsWith('eval at ')) return undefined
  const inner = /\(((?:https?|file|blob|app|webpack|[a-z-]+-extension):[^()]*|\/[^()]*):(\d+):(\d+)\)/.exec(place)
  return inner ? `${inner[1]}:${inner[2]}:${inner[3]}` : '<anonymous>'
}

const geckoLine = (line: string): FrameLine | undefined => {
  const text = line.trim()
  const at = separator(text)
  if (at < 0) return undefined
  const name = text.slice(0, at)
  const place = placeOf(text.slice(at + 1))
  if (!place || !looksLikePlace(place, text.slice(at + 1))) return undefined
  return {
    frame: { ...(name === '' ? {} : { function: name }), ...place },
    engine: place.filename === '[native code]' ? 'jsc' : 'gecko-or-jsc',
  }
}

/** The "@" between name and place: the last one that a URL or `[native code]` follows, since both sides may hold others. */
const separator = (text: string): number => {
  const match = /@(?=(?:[a-z][a-z\d+.-]*:|\/|\[native code\]|\S+\.[cm]?[jt]sx?\b|<\?>|$))/i.exec(text)
  return match ? match.index : -1
}

const looksLikePlace = (place: RawFrame, text: string): boolean =>
  place.lineno !== undefined || place.filename === '[native code]' || text === '' || /wasm/.test(text)

/** `url:line:column`, `url:line`, `url line 3 > eval:1:2`, or a name of something inside the browser. */
const placeOf = (text: string): Pick<RawFrame, 'filename' | 'lineno' | 'colno'> | undefined => {
  const place = text.trim()
  const evaluated = /^(.*?) line (\d+)(?: > \w+)+(?::\d+)*$/.exec(place)
  if (evaluated) return { filename: evaluated[1]!, lineno: Number(evaluated[2]) }
  const match = /^(.*?):(\d+)(?::(\d+))?$/.exec(place)
  if (!match) return place === '' ? {} : { filename: place }
  return {
    filename: match[1]!,
    lineno: Number(match[2]),
    ...(match[3] === undefined ? {} : { colno: Number(match[3]) }),
  }
}

/** What the engines say, and what is meant: a pattern over the whole text, and the words that stand for it. */
export type Wording = readonly [pattern: RegExp, canonical: string]

// Wordings of Chromium, Firefox and WebKit for one fault (captured from the engines, 2026-11).
export const ENGINE_WORDINGS: readonly Wording[] = [
  [/^cannot read propert(?:y|ies) of (?:undefined|null).{0,200}$/i, 'property of nullish'],
  [/^cannot destructure property .{0,300} (?:undefined|null)\.?$/i, 'property of nullish'],
  [/^cannot set propert(?:y|ies) of (?:undefined|null).{0,200}$/i, 'property of nullish'],
  [/^can't access property .{1,200} of (?:undefined|null)$/i, 'property of nullish'],
  [/^(?:can't access property .{1,200}, )?.{1,300} is (?:undefined|null)$/i, 'property of nullish'],
  [/^(?:undefined|null) is not an object \(evaluating .{1,300}\)$/i, 'property of nullish'],
  [/^.{1,300} is not a function(?:\. \(in .{1,300}\))?$/i, 'not a function'],
  [/^.{1,300} is not a constructor(?: \(evaluating .{1,300}\))?$/i, 'not a constructor'],
  [/^.{1,300} is not iterable.{0,200}$/i, 'not iterable'],
  [/^spread syntax requires .{0,20}iterable.{0,200}$/i, 'not iterable'],
  [
    /^(?:invalid array length|array length must be a positive integer.{0,100}|array size is not .{0,100})$/i,
    'invalid array length',
  ],
  [
    /^(?:failed to construct 'url': invalid url|url constructor: .{0,2000} is not a valid url\.?|".{0,2000}" cannot be parsed as a url.{0,200})$/i,
    'invalid URL',
  ],
  [/^(?:uri malformed|malformed uri sequence|uri error)$/i, 'malformed URI'],
  [
    /^(?:cannot assign to read only property .{1,300}|.{1,300} is read-only|attempted to assign to readonly property\.?)$/i,
    'read-only',
  ],
  [/^can't find variable: (.{1,200})$/i, '$1 is not defined'],
  [/^(?:failed to fetch|networkerror when attempting to fetch resource\.?|load failed)$/i, 'network request failed'],
  [/^(?:all promises were rejected|no promise in promise\.any was resolved)$/i, 'all promises rejected'],
  [/^unreachable(?: executed| code should not be executed.{0,300})?$/i, 'unreachable'],
  [/^.{0,100}'([^']{1,100})' is not a valid selector\.?$/i, "'$1' is not a valid selector"],
  [/^(?:maximum call stack size exceeded\.?|too much recursion)$/i, 'too much recursion'],
  [
    /^(?:failed to fetch dynamically imported module|error loading dynamically imported module|importing a module script failed).{0,2100}$/i,
    'dynamic import failed',
  ],
  [/^.{0,100}(?:in json at position|json\.parse:|json parse error:).{0,300}$/i, 'invalid JSON'],
]

// A name that a programmer wrote. Builds keep names of properties, while those of variables change; names with numbers in
// them, and what is no name at all, are keys of data.
const NAME = String.raw`((?![\w$]{0,63}\d\d)[A-Za-z_$][\w$]{0,63})`

const named = (pattern: string, canonical: string): Wording => [
  new RegExp(
    pattern.replace('NAME', () => NAME),
    'i',
  ),
  canonical,
]

/** The same, and the property: what was read of nothing or called in vain is what tells two faults of one script apart. */
export const WORDINGS_WITH_PROPERTIES: readonly Wording[] = [
  named(
    String.raw`^cannot (?:read|set) properties of (?:undefined|null) \((?:reading|setting) 'NAME'\)$`,
    '$1 of nullish',
  ),
  named(String.raw`^cannot destructure property 'NAME' of .{0,300} (?:undefined|null)\.?$`, '$1 of nullish'),
  named(String.raw`^can't access property "NAME"(?:,| of) .{0,300}$`, '$1 of nullish'),
  // WebKit shows the expression; what stands behind an assignment is not meant.
  named(
    String.raw`^(?:undefined|null) is not an object \(evaluating '[^=]{0,300}\.NAME ?=[^=>].{0,300}'\)$`,
    '$1 of nullish',
  ),
  named(String.raw`^(?:undefined|null) is not an object \(evaluating '.{0,300}\.NAME'\)$`, '$1 of nullish'),
  named(String.raw`^.{0,300}\.NAME is not a function(?:\. \(in .{1,300}\))?$`, '$1 is not a function'),
  named(String.raw`^.{0,300}\.NAME is not a constructor(?: \(evaluating .{1,300}\))?$`, '$1 is not a constructor'),
  ...ENGINE_WORDINGS,
]

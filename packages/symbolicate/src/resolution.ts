/**
 * Why a frame has no original position.
 *
 * `no-line` to `inline-script` say what the frame is, `no-artifact` to `index-damaged` what was not there to resolve it
 * with, the rest what the map says about the position.
 */
export type UnresolvedReason =
  | 'no-line'
  | 'no-column'
  | 'native'
  | 'extension'
  | 'eval'
  | 'inline-script'
  | 'no-artifact'
  | 'ambiguous'
  | 'map-invalid'
  | 'index-damaged'
  | 'line-not-mapped'
  | 'column-before-first'
  | 'unmapped-segment'
  | 'source-null'
  | 'no-content'
  | 'content-line-missing'
  | 'position-outside'

/** Which rule gave a frame its function name; `none` where the unminified program has no name there either. */
export type NamedBy = 'source' | 'script' | 'browser' | 'none'

const ADVICE: Record<UnresolvedReason, string> = {
  'no-line': 'The browser gave no line for this frame; nothing can be looked up.',
  'no-column':
    'The frame has no column and its line holds more than one original line; only the column tells them apart.',
  native: 'This is code of the browser itself; it has no source map.',
  extension: 'This is code of a browser extension, not of your program.',
  eval: 'This code was made by eval or new Function; give it a sourceURL and a map if it matters.',
  'inline-script': 'This script stands in the HTML page; move it to a file that is built with a source map.',
  'no-artifact': 'No source map was uploaded for this script; upload the maps of the build that is deployed.',
  ambiguous: 'Several uploaded maps fit this script equally well; inject debug IDs so that each script names its map.',
  'map-invalid': 'The uploaded source map cannot be read; build and upload it again.',
  'index-damaged': 'The stored index of this map is damaged or of another version; it is rebuilt from the stored map.',
  'line-not-mapped': 'The map has nothing on this line; the script and the map may come from different builds.',
  'column-before-first': 'The position lies before the first mapping of its line: code that the bundler added.',
  'unmapped-segment': 'The map says that this code has no source: it was added by the bundler.',
  'source-null': 'The map gives a line but no source file for this position.',
  'no-content': 'The map does not hold this source text; build with sourcesContent to see the lines of code.',
  'content-line-missing':
    'The source text has fewer lines than the map says; map and source come from different builds.',
  'position-outside': 'The script has no such position; the script and the map come from different builds.',
}

/** One sentence for the person who sees an unresolved frame: what it means and what to change. */
export const adviceFor = (reason: UnresolvedReason): string => ADVICE[reason]

/** What a script says about its map. */
export interface ScriptLinks {
  /** The URL of its last `sourceMappingURL` comment: relative, absolute or `data:`. */
  mapUrl: string | undefined
  /** Lower case, with dashes. */
  debugId: string | undefined
}

/**
 * Reads the comments at the end of a script that name its map, scanning from the last line and stopping at the first code
 * (ECMA-426, "JavaScriptExtractSourceMapURL, without parsing").
 */
export const scriptLinks = (script: string): ScriptLinks => {
  const links: ScriptLinks = { mapUrl: undefined, debugId: undefined }
  let end = script.length
  while (end > 0 && (links.mapUrl === undefined || links.debugId === undefined)) {
    const start = Math.max(script.lastIndexOf('\n', end - 1), script.lastIndexOf('\r', end - 1)) + 1
    const line = script.slice(start, end).trim()
    if (line !== '' && !/^(\/\/|\/\*|\*)/.test(line)) {
      links.mapUrl ??= COMMENT.exec(line)?.[1]
      break
    }
    links.mapUrl ??= COMMENT.exec(line)?.[1]
    links.debugId ??= DEBUG_ID.exec(line)?.[1]?.toLowerCase()
    end = start - 1
  }
  return links
}

// ECMA-426 does not take URLs with quotes or backticks: such a line is code that holds the text of a comment.
const COMMENT = /(?:\/\/|\/\*)[#@]\s*sourceMappingURL=([^\s'"`*]+)\s*(?:\*\/)?$/
const DEBUG_ID = /\/\/[#@]\s*debugId=([\da-f]{8}-?(?:[\da-f]{4}-?){3}[\da-f]{12})/i

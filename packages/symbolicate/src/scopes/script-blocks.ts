/** A component file with everything but its scripts blanked out, so that positions stay what they were. */
export interface ScriptBlocks {
  text: string
  lang: 'ts' | 'tsx' | undefined
}

/** The `<script>` blocks of a Vue or Svelte component, at their offsets. */
export const scriptBlocks = (component: string): ScriptBlocks => {
  let text = ''
  let at = 0
  let typed = false
  for (const match of component.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script\s*>/gi)) {
    const start = match.index + match[0].indexOf('>') + 1
    text += blank(component.slice(at, start)) + match[2]!
    at = start + match[2]!.length
    typed ||= /\blang\s*=\s*["']?tsx?/.test(match[1]!)
  }
  return { text: text + blank(component.slice(at)), lang: typed ? 'tsx' : undefined }
}

const blank = (text: string): string => text.replace(/[^\r\n]/g, ' ')

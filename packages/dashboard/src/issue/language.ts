export type Language = 'typescript' | 'javascript' | 'xml' | 'css'

const BY_EXTENSION: Record<string, Language> = {
  ts: 'typescript',
  mts: 'typescript',
  cts: 'typescript',
  tsx: 'typescript',
  vue: 'xml',
  svelte: 'xml',
  html: 'xml',
  astro: 'xml',
  css: 'css',
}

/** Which language a source file is in; what runs in a browser is JavaScript unless its name says otherwise. */
export const languageOf = (filename: string | null): Language => {
  const extension = /\.(\w+)(?:[?#].*)?$/.exec(filename ?? '')?.[1]?.toLowerCase() ?? ''
  return Object.hasOwn(BY_EXTENSION, extension) ? (BY_EXTENSION[extension] ?? 'javascript') : 'javascript'
}

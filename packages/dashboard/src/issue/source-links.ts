import type { FrameJson, SourceLinksJson } from '@foghorn/server'

/** What a link can be filled with besides the frame. */
export interface LinkVersion {
  release: string | null
  /** Last commit of the release, when it is known. */
  commit: string | null
}

const SCHEMES = /^(?:https?|vscode|vscode-insiders|vscodium|cursor|zed|idea|webstorm|jetbrains):\/\//

// A path stays a path; whatever else a map names must not become one.
const escapePath = (path: string): string => path.split('/').map(encodeURIComponent).join('/')

/** Maps name what the bundler made up too: no file has such a path. */
const isFile = (path: string | null): path is string =>
  path !== null && !/^[a-z][a-z\d+.-]*:/i.test(path) && !path.split('/').includes('..')

/** The address of a frame's file; undefined where there is none. */
export const fillLink = (template: string, frame: FrameJson, version: LinkVersion): string | undefined => {
  const { filename, lineNo, colNo, resolution } = frame
  if (!SCHEMES.test(template) || resolution.status !== 'resolved' || !isFile(filename)) return undefined
  const values: Record<string, string> = {
    path: escapePath(filename.replace(/^\/+/, '')),
    line: String(lineNo ?? 1),
    column: String(colNo ?? 1),
    release: encodeURIComponent(version.release ?? ''),
    commit: encodeURIComponent(version.commit ?? 'HEAD'),
  }
  return template.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => values[name] ?? '')
}

export interface FilledLinks {
  repository: string | undefined
  editor: string | undefined
}

export const fillLinks = (links: SourceLinksJson | undefined, frame: FrameJson, version: LinkVersion): FilledLinks => ({
  repository: links && fillLink(links.repository, frame, version),
  editor: links && fillLink(links.editor, frame, version),
})

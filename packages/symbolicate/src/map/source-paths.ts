/**
 * Turns the sources of a map into paths of the project, as a person would write them, one for each source.
 * The untouched string stays beside it in the index.
 */
export const projectPaths = (sources: readonly (string | null)[]): (string | null)[] => {
  const paths = sources.map((source) => (source === null ? null : stripBundler(source)))
  const root = commonRoot(paths)
  return paths.map((path) => (path === null ? null : cleanPath(path, root)))
}

/** `sourceRoot`, a slash if it has none, then the source (ECMA-426, "sourceRoot"). */
export const joinSourceRoot = (sourceRoot: string, source: string): string => {
  if (sourceRoot === '' || /^[a-z][a-z\d+.-]*:\/\//i.test(source) || source.startsWith('/')) return source
  return sourceRoot.endsWith('/') ? sourceRoot + source : `${sourceRoot}/${source}`
}

const stripBundler = (source: string): string => {
  // The \0 marks a virtual module of Rollup, Vite and Rolldown; it is not printable.
  const path = source.replaceAll('\0', '')
  // Loaders of webpack put queries behind a name (`App.vue?3c4f`); other schemes may use them to tell files apart.
  if (/^webpack(-internal)?:\/\//.test(path)) return stripWebpack(path)
  if (path.startsWith('turbopack:///')) return path.slice(13).replace(/^\[project\]\//, '')
  if (path.startsWith('parcel://')) return path.replace(/^parcel:\/\/\/?/, '')
  return stripQuery(path.replace(/^ng:\/\/\/?/, ''))
}

const stripWebpack = (path: string): string => {
  const rest = path.replace(/^webpack(-internal)?:\/\//, '').replace(/^\/?\([\w-]+\)\//, '/')
  // webpack://<namespace>/./src/x; three slashes mean that there is no namespace.
  const bare = rest.startsWith('/') ? rest.slice(1) : rest.slice(rest.indexOf('/') + 1)
  return stripQuery(bare.replace(/^(\.\/)+/, '').replace(/^\/?~\//, '~/'))
}

const stripQuery = (path: string): string => path.replace(/\?[^/]*$/, '')

const isAbsolute = (path: string): boolean => /^(file:\/\/|\/|[a-z]:[\\/])/i.test(path)

/** The folder that all absolute paths share: the checkout on the machine that built. */
const commonRoot = (paths: readonly (string | null)[]): string => {
  const folders = paths.filter((path): path is string => path !== null && isAbsolute(path)).map(folderOf)
  const first = folders[0]
  if (first === undefined) return ''
  let root = first
  for (const folder of folders) while (root !== '' && !`${folder}/`.startsWith(`${root}/`)) root = folderOf(root)
  // `src`, `app` and the like belong to the project: they tell more than the name of a checkout.
  return /\/(src|app|lib|packages|node_modules)$/.test(root) ? folderOf(root) : root
}

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')))

const cleanPath = (path: string, root: string): string => {
  const relative = root !== '' && path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(relative) && !relative.startsWith('file://')) return relative
  const parts = relative
    .replace(/^file:\/\//, '')
    .replaceAll('\\', '/')
    .split('/')
  const kept: string[] = []
  for (const part of parts) {
    if (part === '.' || (part === '' && kept.length > 0)) continue
    // `../../src/x` is relative to the output folder; what it climbs out of is not part of the project.
    if (part === '..') kept.pop()
    else kept.push(part)
  }
  return kept.join('/')
}

/** Says yes or no about a path of a project, or leaves it to the next rule. */
export type InAppRule = (path: string) => boolean | undefined

/** Folders of libraries; `~` is webpack's old form of node_modules, the last two are stores of Yarn and pnpm. */
const LIBRARY_FOLDERS = new Set(['node_modules', 'bower_components', '~', '.yarn', '.pnpm'])

/** What all the patterns below have in common: most paths are done with one test. */
const MADE_BY_TOOLS =
  /webpack|vite|roll(down|up)|turbopack|commonjs|preload-|polyfill|_virtual|^virtual:|^external |^ignored /

const BUNDLER_PATHS = [
  /(^|\/)webpack\/(runtime|bootstrap|startup|before-startup|universalModuleDefinition|container)\b/,
  /^\(webpack\)|^(external|ignored) /,
  /(^|\/)(vite|rolldown|rollup)[/:](preload-helper|modulepreload-polyfill|runtime|browser-external)(?!.*\/src\/)/,
  /(^|\/)(commonjsHelpers|rolldown-runtime|preload-helper|modulepreload-polyfill|_virtual)(\.[cm]?js|\/|$)/,
  /^\[?turbopack\]?\//,
  /^__vite|^virtual:|commonjs-(proxy|module|exports|es-import)$/,
]

const POLYFILL_PATH =
  /(^|\/)(core-js|regenerator-runtime|@babel\/runtime|@swc\/helpers|tslib|zone\.js|polyfills?)(\/|\.[cm]?js$)/

/** Whether a path is the project's own code, before the project's rules and the map's ignore list. */
export const isProjectPath = (path: string): boolean => {
  const folders = path.split('/').slice(0, -1)
  if (folders.some((folder) => LIBRARY_FOLDERS.has(folder)) || POLYFILL_PATH.test(path)) return false
  return !(MADE_BY_TOOLS.test(path) && BUNDLER_PATHS.some((pattern) => pattern.test(path)))
}

const EXTENSION =
  /^(chrome|moz|safari|safari-web|webkit|ms-browser|edge)-extension:|^webkit-masked-url:|^chrome:|^resource:|^moz-|^about:/i

/** Code that a browser extension or the browser's own pages brought in. */
export const isExtensionUrl = (url: string): boolean => EXTENSION.test(url)

/** Code inside the browser: `[native code]`, `<anonymous>`, WebAssembly. */
export const isNative = (filename: string | undefined): boolean =>
  filename !== undefined &&
  (/^(\[native code\]|native( code)?|<anonymous>|<native>|unknown|node:.*|internal\/.*)$/.test(filename) ||
    /(^wasm:|\.wasm(:|$)|wasm-function)/.test(filename))

/** Whether a generated URL looks like the project's own, for frames that no map resolves. */
export const isProjectUrl = (url: string): boolean => !isExtensionUrl(url) && !isNative(url) && isProjectPath(url)

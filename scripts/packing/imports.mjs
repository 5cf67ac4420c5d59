// Checks that a package depends on what it imports, types included, and on nothing else.
import { readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { join } from 'node:path'

const CODE = /\.(?:js|d\.ts)$/
const COMMENT = /\/\*[^]*?\*\/|^\s*\/\/.*$/gm
const IMPORT = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire(?:\.resolve)?\(\s*)(['"])([^'"\n]+)\1/g

const packageOf = (specifier) => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')

const isOutside = (specifier) =>
  /^@?[a-z][\w.-]*(?:\/[\w./-]+)?$/.test(specifier) && !builtinModules.includes(specifier)

/** Names of the packages that the packed files import. */
const importedBy = ({ folder, files, name }) => {
  const texts = files
    .filter(({ path }) => CODE.test(path) && !path.endsWith('.min.js'))
    .map(({ path }) => readFileSync(join(folder, path), 'utf8').replaceAll(COMMENT, ''))
  const specifiers = texts.flatMap((text) => [...text.matchAll(IMPORT)].map((match) => match[2]))
  return new Set(
    specifiers
      .filter(isOutside)
      .map(packageOf)
      .filter((other) => other !== name),
  )
}

// Found by their name at run time: their built pages and scripts are what the service hands out.
const FOUND_BY_NAME = {
  '@foghorn/server': ['@foghorn/browser', '@foghorn/dashboard', '@foghorn/docs', '@foghorn/feedback', 'pino-pretty'],
}

// They run from files of their own, and import nothing.
const PAGES = ['@foghorn/dashboard', '@foghorn/docs']

export const faultsOfImports = (one) => {
  const { name, manifest } = one
  if (PAGES.includes(name)) return []
  const { dependencies = {}, peerDependencies = {} } = manifest
  const imported = importedBy(one)
  const missing = [...imported].filter((other) => !(other in dependencies) && !(other in peerDependencies))
  const used = new Set([...imported, ...(FOUND_BY_NAME[name] ?? [])])
  return [
    ...missing.map((other) => `imports ${other}, on which it does not depend`),
    ...Object.keys(dependencies)
      .filter((other) => !used.has(other))
      .map((other) => `depends on ${other}, which it does not import`),
  ]
}

// Checks of the files in a package: all that belong there, none that do not.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../run.mjs'

const NEEDED = ['LICENSE', 'README.md', 'package.json']

// Programs, types, maps, pages, and texts about them.
const USUAL =
  /^(?:LICENSE|package\.json|[\w-]+\.md|(?:dist|bin|openapi)\/[\w./-]+\.(?:js|d\.ts|js\.map|css|html|svg|png|json|zip))$/

const textOf = (folder, path) => readFileSync(join(folder, path), 'utf8')

const faultsOfLicence = ({ folder }) =>
  existsSync(join(folder, 'LICENSE')) && textOf(folder, 'LICENSE') !== textOf(root, 'LICENSE')
    ? ['LICENSE differs from the one of the repository']
    : []

// What a bundler wrote stands in folders and under names of its own.
const isBundled = (path) => /^dist\/(?:esm|dev|assets)\/|\.(?:min|debug)\.js$/.test(path)

const sourcesOf = (path) => ['.ts', '.tsx'].map((end) => path.replace(/^dist/, 'src').replace(/\.js$/, end))

/** Something that an earlier build left, whose source is gone. */
const isLeftOver = (folder, path) =>
  /^dist\/.*\.js$/.test(path) && !isBundled(path) && !sourcesOf(path).some((source) => existsSync(join(folder, source)))

/** A map that leads to files which are not there makes bundlers warn at every build. */
const isHollow = (folder, path) =>
  path.endsWith('.map') && !(JSON.parse(textOf(folder, path)).sourcesContent?.every((text) => text !== null) ?? false)

/** The name of a folder of whoever built it. */
const tellsOfBuilder = (folder, path) => /\.(?:js|map|ts|json|md)$/.test(path) && textOf(folder, path).includes(root)

const FAULTS = [
  ['does not belong there', (_folder, path) => !USUAL.test(path)],
  ['has no source any more: delete the folder dist and build again', isLeftOver],
  ['is a map without its sources', isHollow],
  [`names the folder ${root}`, tellsOfBuilder],
]

export const faultsOfFiles = ({ folder, files }) => {
  const paths = files.map(({ path }) => path)
  const missing = NEEDED.filter((name) => !paths.includes(name)).map((name) => `${name} is missing`)
  const wrong = FAULTS.flatMap(([what, isWrong]) =>
    paths.filter((path) => isWrong(folder, path)).map((path) => `${path} ${what}`),
  )
  return [...missing, ...wrong, ...faultsOfLicence({ folder })]
}

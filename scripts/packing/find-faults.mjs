// What would be wrong with a package for those who install it. One line for each fault; none when it is fit to be published.
import { readFileSync } from 'node:fs'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { faultsOfFiles } from './files.mjs'
import { faultsOfImports } from './imports.mjs'
import { faultsOfManifest } from './manifest.mjs'
import { faultsOfSideEffects } from './side-effects.mjs'

// Files for script tags are neither modules nor have they types.
const NO_MODULES = [/\.(min|debug)\.js$/, /package\.json$/]

const faultsByPublint = async ({ manifest, tarball }) => {
  const bytes = readFileSync(tarball)
  const pack = { tarball: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) }
  const { messages } = await publint({ strict: true, pack })
  return messages
    .filter(({ path }) => !NO_MODULES.some((pattern) => pattern.test(String(path.at(-1)))))
    .map((message) => `publint: ${formatMessage(message, manifest) ?? message.code}`)
}

// The packages are ES modules alone, which every Node that they run on can also require; node10 knows no `exports`.
const isFault = ({ kind, resolutionKind }) => kind !== 'CJSResolvesToESM' && resolutionKind !== 'node10'

const faultsOfTypes = async ({ tarball }) => {
  const { problems = [] } = await checkPackage(createPackageFromTarballData(readFileSync(tarball)), {
    excludeEntrypoints: NO_MODULES,
  })
  return problems
    .filter(isFault)
    .map(({ kind, entrypoint = '', resolutionKind = '' }) => `types: ${kind} ${entrypoint} ${resolutionKind}`)
}

const CHECKS = [faultsOfManifest, faultsOfFiles, faultsOfImports, faultsOfSideEffects, faultsByPublint, faultsOfTypes]

const faultsOf = async (one, all) => {
  const found = await Promise.all(CHECKS.map((check) => check(one, all)))
  return found.flat().map((fault) => `${one.name}: ${fault}`)
}

/** Checks what `packAll` has packed. */
export const findFaults = async (packages) => (await Promise.all(packages.map((one) => faultsOf(one, packages)))).flat()

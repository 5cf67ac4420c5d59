// What is in the packages, by CycloneDX: what npm installs with them, and what is bundled into them.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { root } from '../run.mjs'
import { installedWith, lockedAt, nameOf } from './installed.mjs'

const find = (packages, wanted) => packages.find(({ name }) => name === wanted)

/** What the dashboard's build found in itself. */
const inDashboard = (packages) =>
  JSON.parse(readFileSync(join(find(packages, '@foghorn/dashboard').folder, 'dist/third-party.json'), 'utf8')).map(
    ({ name, version }) => `${name}@${version}`,
  )

/** A package's THIRD-PARTY.md names them, each under a heading; their versions are pinned. */
const named = (packages, wanted) => {
  const { folder, manifest } = find(packages, wanted)
  const versions = { ...manifest.devDependencies, ...manifest.dependencies }
  const headings = readFileSync(join(folder, 'THIRD-PARTY.md'), 'utf8').matchAll(/^## (.+)$/gm)
  return [...headings].map(([, name]) => `${name}@${versions[name]}`)
}

/** npm names those of a workspace by their folders. */
const fullNameOf = (component) => component['bom-ref'].slice(0, component['bom-ref'].lastIndexOf('@'))

const listOfAll = (packages) => {
  const workspaces = packages.flatMap(({ name }) => ['-w', name])
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only', ...workspaces]
  return JSON.parse(execFileSync('npm', args, { cwd: root, encoding: 'utf8', maxBuffer: 1e8 }))
}

/** npm lists what development takes, too, and leaves out too much when told not to. */
const isPartOf = (packages) => {
  const places = installedWith(packages.map(({ folder }) => relative(root, folder)))
  const installed = places.map((place) => `${nameOf(place)}@${lockedAt(place).version}`)
  const parts = new Set([
    ...installed,
    ...inDashboard(packages),
    ...named(packages, '@foghorn/browser'),
    ...named(packages, '@foghorn/docs'),
  ])
  return (component) => parts.has(component['bom-ref'])
}

// What is bundled is a tool of development to npm, but is in the packages all the same.
const asPart = ({ scope: _scope, properties: _properties, ...component }) => ({
  ...component,
  name: fullNameOf(component),
})

export const billOfMaterials = (packages) => {
  const bill = listOfAll(packages)
  const components = bill.components.filter(isPartOf(packages)).map(asPart)
  const subject = asPart(bill.metadata.component)
  const refs = new Set([subject, ...components].map((one) => one['bom-ref']))
  const dependencies = bill.dependencies
    .filter(({ ref }) => refs.has(ref))
    .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((other) => refs.has(other)) }))
  return { ...bill, metadata: { ...bill.metadata, component: subject }, components, dependencies }
}

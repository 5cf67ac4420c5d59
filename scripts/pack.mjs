// npm run pack [-- folder]: what is published, packed as npm publishes it, checked, with a bill of materials. Publishes nothing.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from './build.mjs'
import { ensureInstalled } from './install.mjs'
import { main, root } from './run.mjs'

const readManifest = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))

const isPublished = (folder) => existsSync(join(folder, 'package.json')) && !readManifest(folder).private

/** The packages that are published: folder and manifest of each. */
export const publishedPackages = () =>
  [...readdirSync(join(root, 'packages')).map((name) => join(root, 'packages', name)), join(root, 'docs')]
    .filter(isPublished)
    .map((folder) => ({ folder, manifest: readManifest(folder) }))

/** Packs all of them into a folder. Gives for each its name, folder, manifest, tarball and the files in it. */
export const packAll = (out) => {
  const packages = publishedPackages()
  const workspaces = packages.flatMap(({ manifest }) => ['-w', manifest.name])
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', out, ...workspaces]
  const packed = Object.values(JSON.parse(execFileSync('npm', args, { cwd: root, encoding: 'utf8', maxBuffer: 1e8 })))
  return packages.map(({ folder, manifest }) => {
    const { filename, files, size } = packed.find(({ name }) => name === manifest.name)
    return { name: manifest.name, folder, manifest, tarball: join(out, filename), size, files }
  })
}

/** An empty folder: tarballs of another version must not stay beside new ones. */
const emptied = (folder) => {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  return folder
}

const show = ({ name, manifest, files, size }) =>
  console.log(`${name}@${manifest.version}: ${files.length} files, ${Math.ceil(size / 1024)} KB packed`)

if (process.argv[1] === fileURLToPath(import.meta.url))
  await main(async () => {
    await ensureInstalled()
    await build()
    const { findFaults } = await import('./packing/find-faults.mjs')
    const { billOfMaterials } = await import('./packing/bill-of-materials.mjs')
    const out = emptied(resolve(process.argv[2] ?? join(root, 'dist', 'packages')))
    const packages = packAll(out)
    packages.forEach(show)
    const faults = await findFaults(packages)
    if (faults.length > 0) throw new Error(`Not fit to be published:\n${faults.join('\n')}`)
    const bill = billOfMaterials(packages)
    writeFileSync(join(out, 'sbom.cdx.json'), JSON.stringify(bill, null, 2))
    console.log(`Checked. They lie in ${out}, with sbom.cdx.json, which names ${bill.components.length} components.`)
  })

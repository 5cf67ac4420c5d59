// What is installed with the packages: said why, known by a hash, free to use, and running nothing by itself.
import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { publishedPackages } from '../../../scripts/pack.mjs'
import { dependencyRows } from '../../../scripts/packing/dependencies.mjs'
import { installedWith, lockedAt } from '../../../scripts/packing/installed.mjs'

const root = fileURLToPath(new URL('../../..', import.meta.url))

interface Row {
  owner: string
  name: string
  why?: string
  keeper?: string
  license: string
}

const rows = dependencyRows() as Row[]

interface Locked {
  link?: boolean
  integrity?: string
  resolved?: string
  license?: string
  hasInstallScript?: boolean
}

/** Everything of others that npm installs with any of ours. */
const installed = (installedWith(publishedPackages().map(({ folder }) => relative(root, folder))) as string[])
  .filter((place) => place.includes('node_modules/'))
  .map((place) => ({ place, ...(lockedAt(place) as Locked) }))

test('each dependency has a reason and a keeper in scripts/packing/dependencies.mjs', () => {
  expect(rows.length).toBeGreaterThan(20)
  expect(rows.filter(({ why, keeper }) => !why || !keeper).map(({ owner, name }) => `${owner}: ${name}`)).toEqual([])
})

test('docs/dependencies.md lists them all; otherwise: node scripts/packing/dependencies.mjs', () => {
  const written = readFileSync(`${root}/docs/dependencies.md`, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| Package'))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map(([, name, owner, why, , , license]) => [name, owner!.replace(', built in', ''), why, license])
  expect(written).toEqual(
    rows.map(({ name, owner, why, license }) => [name, owner.replace('@foghorn/', ''), why, license]),
  )
})

const FREE = ['MIT', 'MIT-0', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'BlueOak-1.0.0']

test('all that is installed is free to use, known by a hash, and runs nothing at installation', () => {
  expect(installed.length).toBeGreaterThan(50)
  expect(installed.filter(({ license }) => !FREE.includes(license ?? ''))).toEqual([])
  expect(installed.filter(({ integrity }) => !integrity?.startsWith('sha512-'))).toEqual([])
  expect(installed.filter(({ hasInstallScript }) => hasInstallScript)).toEqual([])
})

test('all of the lock file is known by a hash, and comes from the registry that is set, or by https', () => {
  const { packages } = JSON.parse(readFileSync(`${root}/package-lock.json`, 'utf8')) as {
    packages: Record<string, Locked>
  }
  const others = Object.entries(packages).filter(([place, { link }]) => place.includes('node_modules/') && !link)
  expect(others.filter(([, { integrity }]) => !integrity).map(([place]) => place)).toEqual([])
  expect(
    others
      .filter(([, { resolved }]) => resolved !== undefined && !resolved.startsWith('https://'))
      .map(([place]) => place),
  ).toEqual([])
})

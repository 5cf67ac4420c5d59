import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { billOfMaterials } from '../../../scripts/packing/bill-of-materials.mjs'
import { faultsOfFiles } from '../../../scripts/packing/files.mjs'
import { findFaults } from '../../../scripts/packing/find-faults.mjs'
import { faultsOfImports } from '../../../scripts/packing/imports.mjs'
import { faultsOfManifest } from '../../../scripts/packing/manifest.mjs'
import { faultsOfSideEffects } from '../../../scripts/packing/side-effects.mjs'
import { installFromCheckout, newFolder, type Packed, type PackedService, packages, startInstalled } from './packed.ts'
import { run } from './service.ts'

test('every package is fit to be published', async () => {
  expect(packages.length).toBeGreaterThan(10)
  expect(await findFaults(packages)).toEqual([])
})

describe('a package is not fit to be published', () => {
  /** A package of these files; what it says of itself is right but for these fields. */
  const packageOf = (contents: Record<string, string>, fields: Record<string, unknown> = {}): Packed => {
    const folder = newFolder()
    for (const [path, text] of Object.entries(contents)) {
      mkdirSync(join(folder, path, '..'), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    const files = Object.keys(contents).map((path) => ({ path, size: 1 }))
    const manifest = { ...packages.find(({ name }) => name === '@foghorn/vue')!.manifest, ...fields }
    return { name: '@foghorn/vue', folder, manifest, tarball: '', size: 0, files }
  }

  test('with files that do not belong there, or without some that do', () => {
    const one = packageOf({
      LICENSE: 'another',
      'README.md': '# It',
      '.env': 'TOKEN=1',
      'test/it.test.ts': 'test()',
      'src/index.ts': '',
      'dist/index.js': '',
      'dist/old.js': '',
      'dist/index.js.map': '{"sources":["../src/index.ts"]}',
    })
    expect(faultsOfFiles(one)).toEqual([
      'package.json is missing',
      '.env does not belong there',
      'test/it.test.ts does not belong there',
      'src/index.ts does not belong there',
      'dist/old.js has no source any more: delete the folder dist and build again',
      'dist/index.js.map is a map without its sources',
      'LICENSE differs from the one of the repository',
    ])
  })

  test('that imports what it does not depend on, or depends on what it does not import', () => {
    const one = packageOf(
      {
        'dist/index.js': "import { a } from '@foghorn/browser'\nimport 'left/pad'\n// from 'comment'",
        'dist/index.d.ts': 'export type A = import("typed").A',
      },
      { dependencies: { '@foghorn/browser': '0.1.0', unused: '1.0.0' } },
    )
    expect(faultsOfImports(one)).toEqual([
      'imports left, on which it does not depend',
      'imports typed, on which it does not depend',
      'depends on unused, which it does not import',
    ])
  })

  test('that says something wrong of itself', () => {
    const one = packageOf(
      {},
      {
        license: 'UNLICENSED',
        publishConfig: {},
        scripts: { postinstall: 'node collect.js' },
        dependencies: { '@foghorn/browser': '0.0.9', '@foghorn/secret': '1.0.0' },
      },
    )
    expect(faultsOfManifest(one, packages)).toEqual([
      '"license" in package.json is UNLICENSED, not MIT',
      '"publishConfig" must be {"access": "public", "provenance": true}',
      'script "postinstall" would run at installation',
      `depends on @foghorn/browser 0.0.9, which is ${packages[0]!.manifest.version} now`,
      'depends on @foghorn/secret, which is not published',
    ])
  })

  test('that does something when it is imported', async () => {
    const one = packageOf({ 'dist/index.js': 'export const a = 1\naddEventListener("error", console.log)' })
    expect(await faultsOfSideEffects(one)).toEqual([
      'importing ./dist/index.js does something: addEventListener("error", console.log);',
    ])
  })
})

interface Component {
  name: string
  hashes?: object[]
  licenses?: object[]
}

test('the bill of materials names what is installed and what is bundled, with hashes and licences, and no tools', () => {
  const { components } = billOfMaterials(packages) as { components: Component[] }
  const names = components.map(({ name }) => name)
  expect(names).toEqual(expect.arrayContaining(['foghorn', '@foghorn/server', 'hono', 'idb', 'react-dom', 'acorn']))
  expect(names.filter((name) => ['vitest', 'typescript', 'playwright', 'oxlint', 'webpack'].includes(name))).toEqual([])
  const others = components.filter(({ name }) => !packages.some((one) => one.name === name))
  expect(others.filter(({ hashes, licenses }) => !hashes?.length || !licenses?.length)).toEqual([])
})

describe('installed into an empty folder', () => {
  let folder: string
  let service: PackedService

  beforeAll(async () => {
    folder = await installFromCheckout()
    service = await startInstalled(folder)
  })
  afterAll(() => service?.close())

  test('the service runs, serves its pages and scripts, and takes an error', async () => {
    expect((await fetch(`${service.url}/readyz`)).status).toBe(200)
    expect(await (await fetch(service.url)).text()).toContain('<script type="module"')
    const script = await (await fetch(`${service.url}/js/${service.project.publicKey}.js`)).text()
    expect(script).toContain(service.project.publicKey)
    await service.send({ platform: 'javascript', exception: { values: [{ type: 'TypeError', value: 'packed' }] } })
    await expect.poll(() => service.titles()).toEqual(['TypeError: packed'])
  })

  const importable = packages.flatMap(({ name, manifest }) =>
    Object.entries(manifest.exports)
      .filter(([, target]) => typeof target !== 'string')
      .map(([path]) => `${name}${path.slice(1)}`),
  )
  // Entries for a bundler, React and Vue import what is the program's own.
  const alone = importable.filter((name) => !/bundler-plugin|react|vue/.test(name))

  test('every module can be imported and required, which prints nothing, starts nothing and leaves globals alone', async () => {
    expect(alone.length).toBeGreaterThan(10)
    const imports = alone.map((name) => `await import('${name}')`).join('\n')
    const requires = alone.map((name) => `require('${name}')`).join('\n')
    const looking = (work: string): string =>
      `const before = Object.getOwnPropertyNames(globalThis).join()\n${work}\nif (Object.getOwnPropertyNames(globalThis).join() !== before) throw new Error('a global was made')`
    const esm = await run(process.execPath, ['--input-type=module', '--eval', looking(imports)], {}, folder)
    const cjs = await run(
      process.execPath,
      ['--no-warnings', '--input-type=commonjs', '--eval', looking(requires)],
      {},
      folder,
    )
    expect([esm, cjs]).toEqual([
      { code: 0, stdout: '', stderr: '' },
      { code: 0, stdout: '', stderr: '' },
    ])
  })
})

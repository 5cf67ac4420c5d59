import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rollup } from 'rollup'
import { build as buildWithVite } from 'vite'
import { build as buildWithEsbuild } from 'esbuild'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { startService, type Service } from '../../cli/test/service.ts'
import { foghorn as esbuildPlugin } from '../src/esbuild.ts'
import { foghorn as rollupPlugin } from '../src/rollup.ts'
import { foghorn as vitePlugin, type FoghornPluginOptions } from '../src/vite.ts'
import { APP, build, BUNDLERS } from './bundlers.ts'

let service: Service
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service?.close())

const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'foghorn-plugin-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const options = (): FoghornPluginOptions => ({
  url: service.url(),
  authToken: service.token,
  org: 'acme',
  project: 'shop',
  release: false,
  strict: true,
})

const scriptsIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'))

/** Scripts of a folder, without the hashes in their names, and how the service finds the map of each. */
const findMaps = async (folder: string): Promise<[string, string | undefined][]> => {
  const scripts = scriptsIn(folder).map((name) => {
    const debugId = /debugId=(\S+)/.exec(readFileSync(join(folder, name), 'utf8'))?.[1]
    return { url: `https://shop.test/${name}`, debugId, positions: [] }
  })
  const response = await fetch(`${service.url()}/api/0/projects/acme/shop/sourcemaps/check/`, {
    method: 'POST',
    headers: { authorization: `Bearer ${service.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ scripts }),
  })
  const answer = (await response.json()) as { scripts: { url: string; by?: string }[] }
  return answer.scripts.map(({ url, by }) => [url.replace('https://shop.test/', '').replace(/-[\w-]{8}\./, '.'), by])
}

describe('every script of a build has its map on the service', () => {
  test('workers too', async () => {
    const outDir = temporaryFolder()
    await buildWithVite({
      root: APP,
      configFile: false,
      logLevel: 'error',
      build: { outDir, rolldownOptions: { input: join(APP, 'worker-page.js') } },
      plugins: [vitePlugin(options())],
    })
    expect((await findMaps(outDir)).sort()).toEqual([
      ['assets/worker-page.js', 'debug-id'],
      ['assets/worker.js', 'debug-id'],
    ])
  })

  test('server-side rendering too', async () => {
    const outDir = temporaryFolder()
    await buildWithVite({
      root: APP,
      configFile: false,
      logLevel: 'error',
      build: { outDir, ssr: join(APP, 'break.js') },
      plugins: [vitePlugin(options())],
    })
    expect((await findMaps(outDir)).map(([, by]) => by)).toEqual(['debug-id', 'debug-id'])
  })

  test('each of several outputs', async () => {
    const outDir = temporaryFolder()
    const bundle = await rollup({ input: join(APP, 'lazy.js'), plugins: [rollupPlugin(options())] })
    await bundle.write({ file: join(outDir, 'lazy.mjs.js'), format: 'es' })
    await bundle.write({ file: join(outDir, 'lazy.cjs.js'), format: 'cjs' })
    expect((await findMaps(outDir)).sort()).toEqual([
      ['lazy.cjs.js', 'debug-id'],
      ['lazy.mjs.js', 'debug-id'],
    ])
  })
})

test('maps stay when that is wished', async () => {
  const outDir = temporaryFolder()
  await build('esbuild, ES modules', { entry: 'break', outDir, options: { ...options(), deleteMaps: false } })
  expect(readdirSync(outDir).filter((name) => name.endsWith('.map'))).toHaveLength(scriptsIn(outDir).length)
})

describe('a build that uploads nothing', () => {
  const rollUp = async (outDir: string, sourcemap: boolean | undefined, wish: FoghornPluginOptions) => {
    const bundle = await rollup({ input: join(APP, 'lazy.js'), plugins: [rollupPlugin(wish)] })
    await bundle.write({ dir: outDir, format: 'es', ...(sourcemap === undefined ? {} : { sourcemap }) })
  }

  test('has debug IDs where it has maps', async () => {
    const outDir = temporaryFolder()
    await rollUp(outDir, true, { upload: false })
    const script = readFileSync(join(outDir, 'lazy.js'), 'utf8')
    const { debugId } = JSON.parse(readFileSync(join(outDir, 'lazy.js.map'), 'utf8'))
    expect(script).toContain(`//# debugId=${debugId}`)
    expect(script).toContain('//# sourceMappingURL=lazy.js.map')
  })

  test('is left as it is where it has none', async () => {
    const [plain, withPlugin] = [temporaryFolder(), temporaryFolder()]
    const bundle = await rollup({ input: join(APP, 'lazy.js') })
    await bundle.write({ dir: plain, format: 'es' })
    await rollUp(withPlugin, undefined, { upload: false })
    expect(readdirSync(withPlugin)).toEqual(['lazy.js'])
    expect(readFileSync(join(withPlugin, 'lazy.js'), 'utf8')).toBe(readFileSync(join(plain, 'lazy.js'), 'utf8'))
  })

  test('in memory has debug IDs', async () => {
    const { outputFiles } = await buildWithEsbuild({
      entryPoints: [join(APP, 'lazy.js')],
      outdir: temporaryFolder(),
      write: false,
      sourcemap: 'inline',
      plugins: [esbuildPlugin({ upload: false })],
    })
    expect(outputFiles[0]!.text).toMatch(/\/\/# debugId=[\da-f-]{36}\s*$/)
  })
})

describe('what goes wrong', () => {
  const unreachable = (): FoghornPluginOptions => ({ ...options(), authToken: 'wrong' })
  test('is a warning that says what to do', async () => {
    const warnings: string[] = []
    const wish = { ...unreachable(), strict: false, onWarning: (sentence: string) => warnings.push(sentence) }
    await build('Rollup, ES modules', { entry: 'break', outDir: temporaryFolder(), options: wish })
    expect(warnings).toEqual([expect.stringMatching(/^\[foghorn\] .* answered 401 .*Check the token/)])
  })

  test.each(BUNDLERS)('fails a build by %s when that is wished', async (bundler) => {
    const outDir = temporaryFolder()
    await expect(build(bundler, { entry: 'foghorn', outDir, options: unreachable() })).rejects.toThrow(/answered 401/)
  })

  test('is told before the build when a setting is missing', () => {
    expect(() =>
      rollupPlugin({ upload: true, authToken: 'x', url: 'https://e.test', org: 'acme', strict: true }),
    ).toThrow('pass the option project, or set FOGHORN_PROJECT')
  })
})

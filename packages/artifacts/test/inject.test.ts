import { brotliDecompressSync, gunzipSync, gzipSync, brotliCompressSync } from 'node:zlib'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ArtifactsError, findScripts, injectFolder } from '../src/index.ts'
import { build, folderWith } from './build-folder.ts'

const { code, map } = build()

describe('injecting a folder', () => {
  test('gives each script with a map an ID, and nothing the second time', async () => {
    const folder = folderWith({ 'assets/app.js': code, 'assets/app.js.map': map, 'index.html': '<p>' })
    const first = await injectFolder({ folder: folder.path })
    expect(first).toMatchObject({ outcomes: [{ script: 'assets/app.js', status: 'injected' }], warnings: [] })
    const [script, mapText] = [folder.read('assets/app.js'), folder.read('assets/app.js.map')]
    const second = await injectFolder({ folder: folder.path })
    expect(second.outcomes).toMatchObject([{ status: 'already-injected', debugId: JSON.parse(mapText).debugId }])
    expect([folder.read('assets/app.js'), folder.read('assets/app.js.map')]).toEqual([script, mapText])
    expect(readdirSync(join(folder.path, 'assets')).sort()).toEqual(['app.js', 'app.js.map'])
  })

  test('leaves scripts without a map as they are', async () => {
    const folder = folderWith({ 'vendor.js': 'v()\n' })
    expect((await injectFolder({ folder: folder.path })).outcomes).toEqual([
      { script: 'vendor.js', status: 'no-map', reason: 'has no source map' },
    ])
    expect(folder.read('vendor.js')).toBe('v()\n')
  })

  test('stamps an inline map where it is', async () => {
    const inline = `data:application/json;base64,${Buffer.from(map).toString('base64')}`
    const folder = folderWith({ 'app.js': code.replace('app.js.map', inline) })
    const { outcomes } = await injectFolder({ folder: folder.path })
    const url = /sourceMappingURL=data:[^,]+,(\S+)/.exec(folder.read('app.js'))![1]!
    expect(JSON.parse(Buffer.from(url, 'base64').toString())).toMatchObject({ debugId: (outcomes[0] as any).debugId })
    expect((await injectFolder({ folder: folder.path })).outcomes[0]!.status).toBe('already-injected')
  })

  test('tells of a broken map and goes on with the others', async () => {
    const folder = folderWith({ 'a.js': code, 'app.js.map': '{', 'b.js': code, 'b.js.map': map })
    const { outcomes } = await injectFolder({ folder: folder.path })
    expect(outcomes).toMatchObject([
      { script: 'a.js', status: 'failed', reason: 'app.js.map is not JSON. Build it again.' },
      { script: 'b.js', status: 'failed' },
    ])
  })

  test('writes compressed copies anew', async () => {
    const folder = folderWith({
      'app.js': code,
      'app.js.map': map,
      'app.js.gz': gzipSync(code),
      'app.js.br': brotliCompressSync(code),
    })
    await injectFolder({ folder: folder.path })
    const script = folder.read('app.js')
    expect(gunzipSync(readFileSync(join(folder.path, 'app.js.gz'))).toString()).toBe(script)
    // Our own bytes, so decoding them is safe on any runtime.
    expect(brotliDecompressSync(readFileSync(join(folder.path, 'app.js.br'))).toString()).toBe(script)
  })

  test('warns of pages that hold checksums of the scripts', async () => {
    const page =
      '<script type="module" integrity="sha384-abc" src="/assets/app.js?v=1"></script><script src="/other.js"></script>'
    const folder = folderWith({ 'index.html': page, 'assets/app.js': code, 'assets/app.js.map': map })
    const { warnings } = await injectFolder({ folder: folder.path })
    expect(warnings).toEqual([expect.stringContaining('index.html has an integrity checksum of assets/app.js')])
  })

  test('writes nothing on a dry run', async () => {
    const folder = folderWith({ 'app.js': code, 'app.js.map': map })
    expect((await injectFolder({ folder: folder.path, dryRun: true })).outcomes[0]!.status).toBe('injected')
    expect(folder.read('app.js')).toBe(code)
  })

  test('leaves files alone that are not UTF-8', async () => {
    const latin = Buffer.concat([Buffer.from('var a="'), Buffer.from([0xe9]), Buffer.from(`";\n${code}`)])
    const folder = folderWith({ 'app.js': latin, 'app.js.map': map })
    expect((await injectFolder({ folder: folder.path })).outcomes).toMatchObject([
      { status: 'failed', reason: 'app.js is not UTF-8; have the bundler write UTF-8.' },
    ])
  })

  test.each([
    ['that is not there', 'nowhere', 'There is no folder'],
    ['that is a file', 'app.js', 'is a file'],
  ])('fails for a folder %s', async (_what, name, message) => {
    const folder = folderWith({ 'app.js': code })
    const injecting = injectFolder({ folder: join(folder.path, name) })
    await expect(injecting).rejects.toThrow(ArtifactsError)
    await expect(injecting).rejects.toThrow(message)
  })
})

describe('the map of a script', () => {
  const mapOf = async (files: Record<string, string>) => {
    const { scripts } = await findScripts(folderWith(files).path)
    const [script] = scripts
    return script!.map.from === 'file' ? script!.map.file.name : script!.map
  }

  test.each<[string, Record<string, string>, string]>([
    [
      'is the one that its comment names',
      { 'a.js': 'x\n//# sourceMappingURL=maps/b.map.js.map', 'maps/b.map.js.map': map },
      'maps/b.map.js.map',
    ],
    [
      'is named relative to the script',
      { 'js/a.js': 'x\n//# sourceMappingURL=../maps/a.js.map?v=1', 'maps/a.js.map': map },
      'maps/a.js.map',
    ],
    [
      'may be named with percent signs',
      { 'a b.js': 'x\n//# sourceMappingURL=a%20b.js.map', 'a b.js.map': map },
      'a b.js.map',
    ],
    ['may be named in the old way', { 'a.js': 'x\n//@ sourceMappingURL=c.js.map', 'c.js.map': map }, 'c.js.map'],
    [
      'may be named before other comments',
      { 'a.js': 'x\n/*# sourceMappingURL=c.js.map */\n// end\n\n', 'c.js.map': map },
      'c.js.map',
    ],
    ['lies beside it when nothing names it', { 'a.js': 'x', 'a.js.map': map, 'b.js.map': map }, 'a.js.map'],
    [
      'is found by its name when the comment has an address',
      { 'a.js': 'x\n//# sourceMappingURL=https://maps.test/7/a.js.map', 'maps/a.js.map': map },
      'maps/a.js.map',
    ],
    [
      'lies beside it when the comment is wrong',
      { 'a.js': 'x\n//# sourceMappingURL=wrong.js.map', 'a.js.map': map },
      'a.js.map',
    ],
  ])('%s', async (_what, files, expected) => expect(await mapOf(files)).toBe(expected))

  test('is not the one that a string names', async () => {
    const files = { 'a.js': 'x="//# sourceMappingURL=b.js.map"', 'b.js.map': map }
    expect(await mapOf(files)).toEqual({ from: 'nowhere', reason: 'has no source map' })
  })

  test('is reported when it is nowhere', async () => {
    expect(await mapOf({ 'a.js': 'x\n//# sourceMappingURL=b.js.map' })).toEqual({
      from: 'nowhere',
      reason: 'names the map b.js.map, which is not in the folder',
    })
  })

  test('is not sought in node_modules or among maps of styles', async () => {
    const folder = folderWith({
      'a.js': 'x',
      'node_modules/l/l.js': 'y',
      'a.css.map': map,
      'a.mjs': 'z',
      'b.cjs': 'z',
      'z.js.map': map,
    })
    const { scripts, spareMaps } = await findScripts(folder.path)
    expect(scripts.map(({ name }) => name)).toEqual(['a.js', 'a.mjs', 'b.cjs'])
    expect(spareMaps.map(({ name }) => name)).toEqual(['z.js.map'])
  })
})

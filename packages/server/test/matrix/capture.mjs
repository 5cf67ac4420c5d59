// node packages/server/test/matrix/capture.mjs: builds the program with five bundlers, runs it in three browsers and writes
// what they reported, with the maps, to captured.json.gz. Needs the three browsers; the test needs only the file.
import { createServer } from 'node:http'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import terser from '@rollup/plugin-terser'
import esbuild from 'esbuild'
import { rolldown } from 'rolldown'
import { rollup } from 'rollup'
import { build as viteBuild } from 'vite'
import webpack from 'webpack'
import { sourcesOf } from './program.mjs'

const RELEASES = [1, 2, 3, 4]
const NAME = 'assets/main-[hash].js'

const BUNDLERS = {
  esbuild: (entry, outdir) =>
    esbuild.build({
      entryPoints: [entry],
      outdir,
      entryNames: NAME.slice(0, -3),
      bundle: true,
      minify: true,
      format: 'esm',
      sourcemap: 'linked',
    }),
  rollup: async (entry, dir) => {
    const bundle = await rollup({ input: entry, plugins: [terser()] })
    await bundle.write({ dir, entryFileNames: NAME, sourcemap: true })
  },
  rolldown: async (entry, dir) => {
    const bundle = await rolldown({ input: entry })
    await bundle.write({ dir, entryFileNames: NAME, sourcemap: true, minify: true })
  },
  vite: (entry, outDir) =>
    viteBuild({
      root: join(entry, '..'),
      logLevel: 'error',
      build: {
        outDir,
        minify: true,
        sourcemap: true,
        rollupOptions: { input: entry, output: { entryFileNames: NAME } },
      },
    }),
  webpack: (entry, path) =>
    new Promise((resolve, reject) =>
      webpack(
        {
          mode: 'production',
          entry,
          devtool: 'source-map',
          output: { path, filename: 'assets/main.[contenthash].js' },
        },
        (error, stats) => (error || stats.hasErrors() ? reject(error ?? new Error(stats.toString())) : resolve()),
      ),
    ),
}

const folder = mkdtempSync(join(tmpdir(), 'foghorn-matrix-'))

const buildAll = async () => {
  const builds = []
  for (const release of RELEASES) {
    // A release is built where the one before was.
    const source = join(folder, 'src')
    rmSync(source, { recursive: true, force: true })
    mkdirSync(source)
    for (const [name, text] of Object.entries(sourcesOf(release))) writeFileSync(join(source, name), text)
    for (const [bundler, build] of Object.entries(BUNDLERS)) {
      const out = join(folder, 'site', bundler, String(release))
      await build(join(source, 'main.js'), out)
      const script = readdirSync(join(out, 'assets')).find((name) => name.endsWith('.js'))
      const map = readFileSync(join(out, 'assets', `${script}.map`), 'utf8')
      writeFileSync(join(out, 'index.html'), `<!doctype html><script type="module" src="assets/${script}"></script>`)
      builds.push({ bundler, release, script: `/${bundler}/${release}/assets/${script}`, map })
    }
  }
  return builds
}

const TYPES = { '.html': 'text/html', '.js': 'text/javascript' }

const serve = () =>
  new Promise((resolve) => {
    const server = createServer(({ url }, response) => {
      const file = join(folder, 'site', url.endsWith('/') ? `${url}index.html` : url)
      response.setHeader('Content-Type', TYPES[extname(file)] ?? 'text/plain')
      try {
        response.end(readFileSync(file))
      } catch {
        response.writeHead(404).end()
      }
    }).listen(5720, '127.0.0.1', () => resolve(server))
  })

const loadBrowsers = async () => {
  const outfile = fileURLToPath(new URL('browsers.tmp.mjs', import.meta.url))
  const source = fileURLToPath(new URL('../../../symbolicate/test/browsers.ts', import.meta.url))
  await esbuild.build({
    entryPoints: [source],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
  })
  try {
    const { findChromium, findFirefox, findWebKit } = await import(outfile)
    return [findChromium(), findFirefox(), findWebKit()]
  } finally {
    rmSync(outfile)
  }
}

const builds = await buildAll()
const server = await serve()
const reports = []
for (const choice of await loadBrowsers()) {
  if ('missing' in choice) throw new Error(choice.missing)
  const page = await choice.start()
  for (const { bundler, release } of builds) {
    const found = await page.runCases(`http://127.0.0.1:5720/${bundler}/${release}/`)
    reports.push(...found.map((report) => ({ browser: page.name, bundler, release, ...report })))
  }
  await page.close()
}
server.close()
// Deep recursion fills a stack with one frame; engines keep ten, or more than a hundred.
const cut = (stack) => stack.split('\n').slice(0, 60).join('\n')
const captured = { builds, reports: reports.map((report) => ({ ...report, stack: cut(report.stack) })) }
writeFileSync(new URL('captured.json.gz', import.meta.url), gzipSync(JSON.stringify(captured), { level: 9 }))
console.log(`${builds.length} builds, ${reports.length} reports`)
rmSync(folder, { recursive: true, force: true })

import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import type { Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TraceMap } from '@jridgewell/trace-mapping'
import esbuild from 'esbuild'
import { buildVendors, bundlers, readApp, type Bundler } from './build.ts'
import { APP_FILES } from './compare.ts'
import { serve } from './serve.ts'
import { stripTypes } from './strip-types.ts'

/** The program as written and all builds of it, served. */
export interface Program {
  /** Address of the page that runs the program as written. */
  sourceUrl: string
  /** Positions of files that had to be transformed to run at all (JSX). */
  transformed: ReadonlyMap<string, TraceMap>
  builds: { bundler: Bundler; url: string; folder: string; files: string[] }[]
  close(): void
}

/** @param select - Which of the pipelines to build. */
export const startProgram = async (select: (bundler: Bundler) => boolean): Promise<Program> => {
  const root = mkdtempSync(join(tmpdir(), 'differential-'))
  const vendors = await buildVendors(join(root, 'source'))
  const { pages, transformed } = await sourcePages(vendors)
  const folders = new Map([['source', join(root, 'source')]])
  const builds: Program['builds'] = []
  for (const [number, bundler] of bundlers(vendors).filter(select).entries()) {
    const folder = join(root, `build-${number}`)
    mkdirSync(folder)
    await bundler.build(folder)
    folders.set(`build-${number}`, folder)
    const type = bundler.script === 'module' ? ' type="module"' : ''
    pages.set(`/build-${number}/`, `<!doctype html><script${type} src="./main.js"></script>`)
    builds.push({
      bundler,
      url: `/build-${number}/`,
      folder,
      files: readdirSync(folder).filter((file) => file.endsWith('.js')),
    })
  }
  const { url, server } = await serve(folders, pages)
  return {
    sourceUrl: `${url}/source/`,
    transformed,
    builds: builds.map((build) => ({ ...build, url: url + build.url })),
    close: () => close(server, root),
  }
}

const close = (server: Server, root: string): void => {
  server.close()
  server.closeAllConnections()
  rmSync(root, { recursive: true, force: true })
}

const sourcePages = async (
  vendors: Record<string, string>,
): Promise<{ pages: Map<string, string>; transformed: Map<string, TraceMap> }> => {
  const pages = new Map<string, string>()
  const transformed = new Map<string, TraceMap>()
  const imports = Object.fromEntries(
    Object.keys(vendors).map((name) => [name, `/source/vendor/${name.replace('/', '-')}.js`]),
  )
  pages.set(
    '/source/',
    `<!doctype html><script type="importmap">${JSON.stringify({ imports })}</script><script type="module" src="./main.js"></script>`,
  )
  for (const file of APP_FILES) {
    const code = readApp(file)
    if (!file.endsWith('.jsx')) pages.set(`/source/${file}`, file.endsWith('.ts') ? stripTypes(code) : code)
    else {
      const result = await esbuild.transform(code, {
        loader: 'jsx',
        jsx: 'automatic',
        sourcemap: true,
        sourcefile: file,
      })
      pages.set(`/source/${file}`, result.code)
      transformed.set(file, new TraceMap(result.map))
    }
  }
  return { pages, transformed }
}

// Takes npm and minutes: only with FOGHORN_LONG.
import { createReadStream, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, extname, join } from 'node:path'
import { type Browser, chromium } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM_ARGS, ensureChromium } from '../../../scripts/browsers.mjs'
import { installByNpm, type PackedService, packages, startInstalled, withSiblings } from './packed.ts'
import { COMPILERS, type Project, PROJECTS, TYPED, TYPES } from './projects/projects.ts'
import { isLong } from './sentry-tools/install.ts'
import { run } from './service.ts'

const LONG_MS = 300_000

const write = (folder: string, files: Record<string, string>): void => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

const binary = (folder: string, name: string): string => join(folder, 'node_modules/.bin', name)

const HOME = { NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' }

const TYPE_OF: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }

const serveFolder = async (folder: string): Promise<{ url: string; server: Server }> => {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url!, 'http://page.test')
    const file = join(folder, pathname.endsWith('/') ? `${pathname}index.html` : pathname)
    if (!existsSync(file)) return void response.writeHead(404).end()
    response.writeHead(200, { 'content-type': TYPE_OF[extname(file)] ?? 'application/octet-stream' })
    createReadStream(file).pipe(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, server }
}

describe.runIf(isLong)('installed by npm', () => {
  let service: PackedService
  let browser: Browser

  beforeAll(async () => {
    service = await startInstalled(installByNpm(withSiblings('foghorn')))
    browser = await chromium.launch({
      executablePath: await ensureChromium(),
      chromiumSandbox: false,
      args: CHROMIUM_ARGS,
    })
  }, LONG_MS)
  afterAll(async () => {
    await browser?.close()
    await service?.close()
  })

  /** The project with our packages in it, built. */
  const build = async ({ packages: names, others, files, build: command }: Project): Promise<string> => {
    const folder = installByNpm([...new Set(names.flatMap(withSiblings))], others)
    const filled = Object.entries(files).map(([path, text]) => [path, text.replaceAll('{{dsn}}', service.project.dsn)])
    write(folder, Object.fromEntries(filled))
    if (!command) return folder
    const [name, ...args] = command as [string, ...string[]]
    const { code, stdout, stderr } = await run(binary(folder, name), args, HOME, folder)
    expect({ code, output: code === 0 ? '' : stdout + stderr }).toEqual({ code: 0, output: '' })
    return folder
  }

  test.each(PROJECTS)('$name: what it throws arrives', { timeout: LONG_MS }, async (project) => {
    const folder = await build(project)
    const { url, server } = await serveFolder(join(folder, project.served))
    const page = await browser.newPage()
    await page.goto(url)
    await expect.poll(() => service.titles()).toContain(project.title)
    await page.close()
    server.close()
  })

  test(
    'what was installed for it depends on nothing that is private, and runs as npx runs it',
    async () => {
      const folder = installByNpm(withSiblings('foghorn'))
      const { version } = JSON.parse(readFileSync(join(folder, 'node_modules/foghorn/package.json'), 'utf8'))
      const { code, stdout } = await run('npx', ['--offline', 'foghorn', '--version'], {}, folder)
      expect([code, stdout.trim()]).toEqual([0, version])
    },
    LONG_MS,
  )

  test('every module can be imported and required', { timeout: LONG_MS }, async () => {
    const others = ['react@19', 'vue@3', 'svelte@5', 'vite@8', 'rollup@4', 'webpack@5', 'esbuild@0.28']
    const folder = installByNpm(
      packages.map(({ name }) => name),
      others,
    )
    const modules = packages.flatMap(({ name, manifest }) =>
      Object.entries(manifest.exports)
        .filter(([, target]) => typeof target !== 'string')
        .map(([path]) => `${name}${path.slice(1)}`),
    )
    const esm = modules.map((name) => `await import('${name}')`).join('\n')
    const cjs = modules.map((name) => `require('${name}')`).join('\n')
    const results = [
      await run(process.execPath, ['--input-type=module', '--eval', esm], {}, folder),
      await run(process.execPath, ['--no-warnings', '--input-type=commonjs', '--eval', cjs], {}, folder),
    ]
    expect(results).toEqual(results.map(() => ({ code: 0, stdout: '', stderr: '' })))
  })

  describe('strict TypeScript', () => {
    let folder: string

    beforeAll(() => {
      folder = installByNpm(
        packages.map(({ name }) => name),
        TYPES,
      )
      write(folder, TYPED)
    }, LONG_MS)

    const OPTIONS = {
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      target: 'es2022',
      lib: ['es2023', 'dom', 'dom.iterable', 'esnext.disposable'],
      types: ['node'],
      noEmit: true,
      jsx: 'react-jsx',
    }

    /** What the compiler says of the programs and of our types; others' types are theirs. */
    const complaints = async (compiler: string, options: object): Promise<string[]> => {
      const tools = installByNpm([], [compiler])
      write(folder, {
        'package.json': '{"type":"module"}',
        'tsconfig.json': JSON.stringify({ compilerOptions: { ...OPTIONS, ...options }, files: Object.keys(TYPED) }),
      })
      const { stdout } = await run(binary(tools, 'tsc'), ['-p', folder, '--pretty', 'false'], {}, folder)
      return stdout
        .split('\n')
        .filter((line) => /^(?:page|node)\.ts|node_modules\/(?:@foghorn|foghorn)\/|^error/.test(line))
    }

    test.each(COMPILERS)('%s', { timeout: LONG_MS }, async (compiler) => {
      expect(await complaints(compiler, { module: 'nodenext', moduleResolution: 'nodenext' })).toEqual([])
      expect(await complaints(compiler, { module: 'esnext', moduleResolution: 'bundler' })).toEqual([])
    })
  })
})

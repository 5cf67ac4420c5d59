import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const PACKAGE = join(import.meta.dirname, '..')
const TSC = join(PACKAGE, '../../node_modules/.bin/tsc')

// What the examples take for granted.
const AROUND = `import { init } from '@foghorn/browser'
import * as foghorn from '@foghorn/react'
import { type FC, useEffect } from 'react'
import { createRoot } from 'react-dom/client'
import { createRouter as createTanStackRouter, createRootRoute } from '@tanstack/react-router'
import { createBrowserRouter } from 'react-router'
declare const App: FC, Shop: FC, Cart: FC, loadCart: () => Promise<void>
const { ErrorBoundary, reactRootHandlers, tagReactRouter, tagTanStackRouter, useErrorBoundary, withErrorBoundary } = foghorn
const routes = [{ path: '/' }], routeTree = createRootRoute(), createRouter = createTanStackRouter
`

/** What follows `@example` in the TSDoc of a file. */
const examplesIn = (source: string): string[] =>
  [...source.matchAll(/@example\n([^]*?)\*\//g)].map(([, lines = '']) => lines.replaceAll(/^ *\* ?/gm, ''))

const inReadme = (): string[] =>
  [...readFileSync(join(PACKAGE, 'README.md'), 'utf8').matchAll(/```tsx\n([^]*?)```/g)].map(([, code = '']) =>
    code.replaceAll(/^import .*$/gm, ''),
  )

const inSources = (): string[] =>
  readdirSync(join(PACKAGE, 'src')).flatMap((file) => examplesIn(readFileSync(join(PACKAGE, 'src', file), 'utf8')))

/** Statements as the body of a component, where hooks may stand. */
const component = (code: string, index: number): string => {
  const body = code.trimStart().startsWith('<') ? `return (\n${code})` : code.replace('export default', 'void')
  return `export function Example${index}() {\n${body}\n}\n`
}

test('every example of the documentation compiles', () => {
  const examples = [...inSources(), ...inReadme()]
  expect(examples.length).toBeGreaterThanOrEqual(7)
  const folder = mkdtempSync(join(PACKAGE, 'test', '.examples-'))
  try {
    writeFileSync(join(folder, 'examples.tsx'), AROUND + examples.map(component).join('\n'))
    const config = { extends: '../tsconfig.json', files: ['examples.tsx'], include: [], references: [] }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
    execFileSync(TSC, ['-p', folder], { encoding: 'utf8', stdio: 'pipe' })
  } catch (failure) {
    throw new Error(`${(failure as { stdout?: string }).stdout}`, { cause: failure })
  } finally {
    rmSync(folder, { recursive: true })
  }
})

import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compile as compileSvelte } from 'svelte/compiler'
import { compileScript, compileTemplate, parse } from 'vue/compiler-sfc'
import { expect, test } from 'vitest'
import { type Block, blocksOf, ROOT } from './documents.ts'

const HERE = import.meta.dirname
const TSC = join(ROOT, 'node_modules/.bin/tsc')

// JavaScript is held to what the packages' types say of their own names; it cannot say more about its other ones.
const CONFIG = {
  extends: '../../../tsconfig.base.json',
  compilerOptions: {
    composite: false,
    declaration: false,
    declarationMap: false,
    noEmit: true,
    module: 'esnext',
    moduleResolution: 'bundler',
    moduleDetection: 'force',
    rewriteRelativeImportExtensions: false,
    allowJs: true,
    checkJs: true,
    jsx: 'react-jsx',
    lib: ['es2023', 'dom', 'dom.iterable'],
  },
  include: ['*', '../reader.d.ts', '../components.d.ts'],
}

/** The compiler's complaints about these files, each in the words of its document's place. */
const complaintsAbout = (files: ReadonlyMap<string, { place: string; code: string }>): string => {
  const folder = mkdtempSync(join(HERE, '.programs-'))
  try {
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(CONFIG))
    for (const [name, { code }] of files) writeFileSync(join(folder, name), code)
    execFileSync(TSC, ['-p', folder, '--pretty', 'false'], { cwd: folder, encoding: 'utf8', stdio: 'pipe' })
    return ''
  } catch (failure) {
    const told = (failure as { stdout?: string }).stdout ?? String(failure)
    return told.replaceAll(/^(\S+?)(?=\()/gm, (name) => files.get(name)?.place ?? name)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const compileVue = (code: string): string => {
  const { descriptor, errors } = parse(code)
  if (errors.length > 0) throw errors[0]
  const id = 'example'
  compileScript(descriptor, { id })
  const template = compileTemplate({ id, filename: 'Example.vue', source: descriptor.template?.content ?? '' })
  if (template.errors.length > 0) throw template.errors[0]
  return descriptor.scriptSetup?.content ?? ''
}

const compileSvelteScript = (code: string): string => {
  const { warnings } = compileSvelte(code, { filename: 'Example.svelte' })
  expect(warnings).toEqual([])
  return /<script>([^]*?)<\/script>/.exec(code)?.[1] ?? ''
}

/** A block as a program for the compiler. Components become the script within, once their own compiler has taken them. */
const programOf = ({ language, code }: Block): { extension: string; code: string } => {
  if (language === 'vue') return { extension: 'js', code: compileVue(code) }
  if (language === 'svelte') return { extension: 'js', code: compileSvelteScript(code) }
  return { extension: language, code }
}

const LANGUAGES = ['ts', 'tsx', 'js', 'vue', 'svelte']

test('every program in the documentation compiles against the packages', () => {
  const blocks = blocksOf(...LANGUAGES)
  expect(new Set(blocks.map(({ language }) => language))).toEqual(new Set(LANGUAGES))
  const files = new Map(
    blocks.map((block, index) => {
      const { extension, code } = programOf(block)
      return [`example-${index}.${extension}`, { place: block.place, code }]
    }),
  )
  expect(complaintsAbout(files)).toBe('')
})

test('an option that there is not, or a wrong name, would be found', () => {
  const code =
    "import { init, captureEror } from '@foghorn/browser'\ninit({ dns: 'https://a@b.example/1' })\ncaptureEror()\n"
  const complaints = complaintsAbout(new Map([['example.js', { place: 'somewhere.md:1', code }]]))
  expect(complaints).toContain('captureEror')
  expect(complaints).toContain("'dns'")
  expect(complaints).toContain('somewhere.md:1')
})

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse as parseYaml } from 'yaml'
import { expect, test } from 'vitest'
import { type Block, blocksOf, readBlocks, ROOT } from './documents.ts'
import { loadWorkflowParser } from './workflow-parser.ts'

/** Languages, and the file whose tests look at their blocks. */
const CHECKED: Record<string, string> = {
  ts: 'programs.test.ts',
  tsx: 'programs.test.ts',
  js: 'programs.test.ts',
  vue: 'programs.test.ts',
  svelte: 'programs.test.ts',
  sh: 'commands.test.ts',
  groovy: 'commands.test.ts',
  yaml: 'data.test.ts',
  json: 'data.test.ts',
  ini: 'data.test.ts',
  html: 'service.test.ts',
}

test('every block is in a language that a test looks at, or says why none does', () => {
  const others = readBlocks().filter(({ language, unchecked }) => !(language in CHECKED) && unchecked === undefined)
  expect(others.map(({ place, language }) => `${place}: ${language}`)).toEqual([])
})

const withPlace = (block: Block, check: () => void): void => {
  try {
    check()
  } catch (error) {
    throw new Error(`${block.place}: ${(error as Error).message}`, { cause: error })
  }
}

test('JSON and YAML can be read', () => {
  for (const block of blocksOf('json')) withPlace(block, () => JSON.parse(block.code))
  for (const block of blocksOf('yaml')) withPlace(block, () => parseYaml(block.code, { strict: true }))
})

const isWorkflow = ({ code }: Block): boolean => code.includes('runs-on:')

const { NoOperationTraceWriter, parseWorkflow } = await loadWorkflowParser()

const complaintsAbout = (content: string): string[] => {
  const { context } = parseWorkflow({ name: 'workflow.yaml', content }, new NoOperationTraceWriter())
  return context.errors.getErrors().map(({ message }) => message)
}

// The part that a page shows belongs into a file that says when it runs.
const whole = ({ code }: Block): string => (/^on:/m.test(code) ? code : `on: push\n${code}`)

test("workflows are what GitHub's own parser takes", () => {
  const workflows = blocksOf('yaml').filter(isWorkflow)
  expect(workflows.length).toBeGreaterThan(0)
  for (const workflow of workflows)
    expect([workflow.place, complaintsAbout(whole(workflow))]).toEqual([workflow.place, []])
  expect(complaintsAbout('on: push\njobs: { a: { runs-on: x, stesp: [] } }').join()).toContain('stesp')
})

const UNIT_SECTIONS = ['Unit', 'Service', 'Install']

test('units of systemd have known sections and a value in each line', () => {
  for (const { place, code } of blocksOf('ini'))
    for (const line of code.split('\n').filter((text) => text !== '')) {
      const section = /^\[(\w+)\]$/.exec(line)?.[1]
      const isRight = section === undefined ? /^[A-Z]\w+=\S/.test(line) : UNIT_SECTIONS.includes(section)
      expect([place, line, isRight]).toEqual([place, line, true])
    }
})

test('forms for issues ask for something', () => {
  const folder = join(ROOT, '.github/ISSUE_TEMPLATE')
  const forms = readdirSync(folder).filter((file) => file !== 'config.yml')
  expect(forms.length).toBeGreaterThan(1)
  for (const file of forms) {
    const form = parseYaml(readFileSync(join(folder, file), 'utf8'), { strict: true }) as {
      name: string
      description: string
      body: { type: string; id?: string }[]
    }
    const ids = form.body.flatMap(({ id }) => (id === undefined ? [] : [id]))
    expect(form).toMatchObject({ name: expect.any(String), description: expect.any(String) })
    expect(new Set(ids).size).toBe(ids.length)
    for (const { type } of form.body) expect(['markdown', 'textarea', 'input', 'dropdown']).toContain(type)
  }
})

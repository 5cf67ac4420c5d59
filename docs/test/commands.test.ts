import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { commandsIn, faultOf } from './commands.ts'
import { type Block, blocksOf } from './documents.ts'

const syntaxFaultOf = (shell: string): string | undefined => {
  const { status, stderr } = spawnSync('sh', ['-n'], { input: shell, encoding: 'utf8' })
  return status === 0 ? undefined : stderr
}

const faultsIn = async ({ place, code }: Pick<Block, 'place' | 'code'>): Promise<string[]> => {
  const faults = [syntaxFaultOf(code)]
  for (const command of commandsIn(code)) faults.push(await faultOf(command))
  return faults.flatMap((fault) => (fault === undefined ? [] : [`${place}: ${fault}`]))
}

/** What jobs of CI run, wherever in a file it stands. */
const stepsIn = (value: unknown, key = ''): string[] => {
  if (typeof value === 'string') return key === 'run' || key === 'script' ? [value] : []
  if (Array.isArray(value)) return value.flatMap((each) => stepsIn(each, key))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, each]) => stepsIn(each, name))
}

const inYaml = ({ place, code }: Block) =>
  parseAllDocuments(code)
    .flatMap((document) => stepsIn(document.toJS()))
    .map((step) => ({ place, code: step }))

const inGroovy = ({ place, code }: Block) =>
  [...code.matchAll(/\bsh '([^']+)'/g)].map(([, step]) => ({ place, code: step! }))

test('every command of the documentation is one that the programs take', async () => {
  const shell = blocksOf('sh')
  const jobs = [...blocksOf('yaml').flatMap(inYaml), ...blocksOf('groovy').flatMap(inGroovy)]
  expect(shell.length).toBeGreaterThan(20)
  expect(jobs.length).toBeGreaterThan(10)
  const faults = []
  for (const block of [...shell, ...jobs]) faults.push(...(await faultsIn(block)))
  expect(faults).toEqual([])
})

test.each([
  ['npx foghorn sourcemaps uplaod dist', 'uplaod'],
  ['npx foghorn sourcemaps upload dist --realease 1', '--realease'],
  ['npx foghorn token create', '--org'],
  ['npx foghorn serv', 'serv'],
  ['npm run biuld', 'biuld'],
  ['npm install @foghorn/browsr', 'browsr'],
  ['npm install --install-links ../foghorn/packages/browser', '@foghorn/protocol is needed'],
  ['rm -rf dist', 'rm'],
  ['if true', 'end of file'],
])('%s would be found', async (code, named) => {
  const faults = await faultsIn({ place: 'somewhere.md:1', code }).catch((error: Error) => [error.message])
  expect(faults.join('\n')).toContain(named)
})

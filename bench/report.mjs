// npm run bench [-- report --only size,runtime --stores small,large]: every benchmark in one report, results.json and report.html.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { fillStore } from './filled-store.mjs'
import { describeMachine } from './report/machine.mjs'
import { drawPage } from './report/page.mjs'
import { drawPictures } from './report/pictures.mjs'
import { SECTIONS } from './report/sections.mjs'

const RESULTS = join(import.meta.dirname, 'results.json')
const PAGE = join(import.meta.dirname, 'report.html')

const { values } = parseArgs({ options: { only: { type: 'string' }, stores: { type: 'string' } } })

const choose = (names) => {
  if (!names) return SECTIONS
  const unknown = names.find((name) => !SECTIONS.some((section) => section.name === name))
  if (unknown)
    throw new Error(`There is no ${unknown} in the report. Known: ${SECTIONS.map(({ name }) => name).join(', ')}.`)
  return SECTIONS.filter(({ name }) => names.includes(name))
}

const STORED = [10_000, 1_000_000]

const fillStores = async (folder) => {
  const folders = STORED.map((events) => join(folder, String(events)))
  for (const [index, events] of STORED.entries()) {
    process.stderr.write(`Filling a store with ${events} events …\n`)
    await fillStore(folders[index], { events })
  }
  return folders
}

/** The JSON that a benchmark prints; builds that it needs may say something before. */
const resultIn = (printed) => JSON.parse(printed.slice(printed.search(/^\{/m)))

/** What a benchmark prints with --json; its progress goes to the terminal. */
const runOne = async (script, args) => {
  const child = spawn(process.execPath, [join(import.meta.dirname, script), ...args, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const parts = []
  child.stdout.on('data', (part) => parts.push(part))
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve))
  if (code !== 0) throw new Error(`${script} ended with code ${code}.`)
  return resultIn(Buffer.concat(parts).toString())
}

const measure = async ({ name, title, script = `${name}.mjs`, args = [], filled, read }, { machine, stores }) => {
  process.stderr.write(`\n${title} (${name}) …\n`)
  const began = performance.now()
  const measuredAt = new Date().toISOString()
  const found = await runOne(script, [...args, ...(filled ? filled(stores) : [])])
  const seconds = Math.round((performance.now() - began) / 1000)
  return {
    title,
    command: `npm run bench -- report --only ${name}`,
    measuredAt,
    seconds,
    machine,
    figures: read(found),
  }
}

const chosen = choose(values.only?.split(','))
const folder = mkdtempSync(join(tmpdir(), 'foghorn-bench-'))
const failures = []
try {
  const needsStores = chosen.some(({ filled }) => filled)
  const stores = values.stores?.split(',') ?? (needsStores ? await fillStores(folder) : [])
  const machine = await describeMachine()
  const results = existsSync(RESULTS) ? JSON.parse(readFileSync(RESULTS, 'utf8')) : {}
  for (const section of chosen) {
    try {
      results[section.name] = await measure(section, { machine, stores })
      // After each, so that one that fails or is cut off costs only itself.
      writeFileSync(RESULTS, `${JSON.stringify(results, null, 2)}\n`)
    } catch (error) {
      failures.push(`${section.name}: ${error.message}`)
    }
  }
  const drawn = SECTIONS.flatMap(({ name }) => (results[name] ? [results[name]] : []))
  writeFileSync(PAGE, String(drawPage(drawn)))
  drawPictures(results)
  const short = drawn.flatMap(({ title, figures }) =>
    figures
      .filter(({ isMet }) => isMet === false)
      .map(({ what, target, values: [ours], unit }) => `${title}: ${what}: ${ours.value} ${unit}, target ${target}`),
  )
  process.stdout.write(
    [
      `\n${PAGE}`,
      ...(short.length > 0 ? ['Short of their targets:', ...short] : ['Every target is reached.']),
      ...failures,
      '',
    ].join('\n'),
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
}
if (failures.length > 0) process.exitCode = 1

// Peers' bundles change only with their versions and entries, and take a minute to make: they are kept.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('../node_modules/.cache/foghorn-bench/', import.meta.url))
const read = (path) => readFileSync(new URL(path, import.meta.url))

const keyOf = (kind, name) => {
  const hash = createHash('sha256').update(kind)
  for (const path of ['../package-lock.json', 'bundle.mjs', `entries/${name}.js`]) hash.update(read(path))
  return hash.digest('hex')
}

const recall = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined // not there yet, or not whole: made again
  }
}

/** Like `make(name)`, but remembers what it gave for the same versions. Ours is made each time. */
export const remembered = (kind, make) => async (name) => {
  if (name.startsWith('foghorn')) return make(name)
  const file = `${folder}${name}-${keyOf(kind, name)}.json`
  const kept = recall(file)
  if (kept) return kept
  const made = await make(name)
  mkdirSync(folder, { recursive: true })
  writeFileSync(file, JSON.stringify(made))
  return made
}

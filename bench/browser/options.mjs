import { parseArgs } from 'node:util'

const COMMON = { json: { type: 'boolean', default: false }, peers: { type: 'string' } }

/** Reads the command line: `--json`, `--peers a,b|all`, and what the benchmark adds. */
export const readOptions = (more = {}) => parseArgs({ options: { ...COMMON, ...more } }).values

/** `--runs N` as a number. */
export const runsOf = ({ runs }) => {
  const count = Number(runs)
  if (!Number.isInteger(count) || count < 1) throw new Error(`--runs is ${runs}: give a whole number from 1.`)
  return count
}

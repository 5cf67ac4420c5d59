// The matrix as people read it.
import { layOut } from '../table.mjs'

const WRONG = ' ✗'

const isBest = (answer, values) => values?.every((value) => answer.isBest(value) !== false)

/** How many best answers each SDK gave, of those rows that have one. */
export const countBest = (rows, results, peers) => {
  const judged = [...results.keys()].filter((row) => rows[row].isJudged !== false)
  return peers.map((name) => ({
    name,
    answers: judged.filter((row) => isBest(rows[row], results.get(row).get(name))).length,
    judged: judged.length,
  }))
}

/** `rows`: name to its answer. `results`: name to SDK to what each run gave. */
export const tableOf = (rows, results, peers) => {
  const cell = (row, sdk) => {
    const values = results.get(row).get(sdk)
    if (!values) return '?'
    const shown = [...new Set(values.map(rows[row].show))].join(',')
    return isBest(rows[row], values) ? shown : `${shown}${WRONG}`
  }
  return layOut([
    ['', ...peers],
    ...[...results.keys()].map((row) => [row, ...peers.map((sdk) => cell(row, sdk))]),
    ['best answers', ...countBest(rows, results, peers).map(({ answers, judged }) => `${answers}/${judged}`)],
  ])
}

// The matrix as people read it.
import { layOut } from '../table.mjs'

const WRONG = ' ✗'

/** `rows`: name to its answer. `results`: name to SDK to what each run gave. */
export const tableOf = (rows, results, peers) => {
  const isBest = (row, sdk) =>
    results
      .get(row)
      .get(sdk)
      ?.every((value) => rows[row].isBest(value) !== false)
  const cell = (row, sdk) => {
    const values = results.get(row).get(sdk)
    if (!values) return '?'
    const shown = [...new Set(values.map(rows[row].show))].join(',')
    return isBest(row, sdk) ? shown : `${shown}${WRONG}`
  }
  const names = [...results.keys()]
  const judged = names.filter((row) => rows[row].isJudged !== false)
  const best = (sdk) => `${judged.filter((row) => isBest(row, sdk)).length}/${judged.length}`
  return layOut([
    ['', ...peers],
    ...names.map((row) => [row, ...peers.map((sdk) => cell(row, sdk))]),
    ['best answers', ...peers.map(best)],
  ])
}

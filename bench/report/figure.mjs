// What a benchmark says of one thing: a value of ours, those of peers on the same inputs, and what we want to reach.

/** Ours comes first: `values` names whose value each is. A target is a function of ours and the others. */
export const figure = ({ what, unit, values, target }) => {
  const known = values.filter(({ value }) => typeof value === 'number' && Number.isFinite(value))
  const [ours, ...others] = known
  return {
    what,
    unit,
    values: known,
    ...(target && { target: target.text, isMet: target.isMet(ours.value, others) }),
  }
}

const figuresOf = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 })

export const atMost = (limit) => ({ text: `≤ ${figuresOf.format(limit)}`, isMet: (ours) => ours <= limit })
export const atLeast = (limit) => ({ text: `≥ ${figuresOf.format(limit)}`, isMet: (ours) => ours >= limit })

const valuesOf = (others) => others.map(({ value }) => value)
export const lowest = { text: '≤ every peer', isMet: (ours, others) => ours <= Math.min(...valuesOf(others)) }
export const highest = { text: '≥ every peer', isMet: (ours, others) => ours >= Math.max(...valuesOf(others)) }

/** At most such a part of what one peer takes: times of another machine say nothing, their ratio does. */
export const partOf = (peer, part) => ({
  text: `≤ ${figuresOf.format(part)} × ${peer}`,
  isMet: (ours, others) => ours <= part * (others.find(({ name }) => name === peer)?.value ?? Infinity),
})

export const both = (one, other) => ({
  text: `${one.text}, ${other.text}`,
  isMet: (...figures) => one.isMet(...figures) && other.isMet(...figures),
})

/** The same metric of rows that have a `name`. */
export const byName = (rows, metric) =>
  rows.map((row) => ({ name: row.name, value: typeof metric === 'function' ? metric(row) : row[metric] }))

/** A value that nobody else has in the same run. */
export const alone = (value) => [{ name: 'foghorn', value }]

import { isDeepStrictEqual } from 'node:util'
import type { Service } from '@foghorn/artifacts'
import type { AlertRuleJson } from '@foghorn/server'
import { CliError } from './expected-error.ts'

type Rule = Omit<AlertRuleJson, 'id' | 'mutedUntil'>
type Step = Rule['steps'][number]

/** A rule as a file holds it: channels and ticket systems by their names, and nothing that is the default. */
export interface WrittenRule extends Omit<Partial<Rule>, 'steps'> {
  name: string
  steps: WrittenStep[]
}

interface WrittenStep {
  afterMinutes: number
  channels?: string[]
  tickets?: string[]
}

interface Named {
  id: string
  name: string
}

/** What an organization has that rules name. */
export interface Places {
  channels: readonly Named[]
  tickets: readonly Named[]
}

/** What has to be done so that a project has the rules of a file, each by the rule's name. */
export interface RuleChanges {
  add: Rule[]
  replace: { id: string; rule: Rule }[]
  remove: { id: string; name: string }[]
}

const DEFAULTS = { conditions: [], everyMinutes: 60 }

const NOUNS = { channels: 'channel', tickets: 'ticket system' } as const

const idsOf = (kind: keyof Places, names: readonly string[], places: Places): number[] =>
  names.map((name) => {
    const found = places[kind].find((one) => one.name === name)
    if (found) return Number(found.id)
    const known = places[kind].map((one) => JSON.stringify(one.name)).join(', ')
    throw new CliError(
      `There is no ${NOUNS[kind]} named ${JSON.stringify(name)}. The organization has: ${known || 'none'}.`,
    )
  })

const namesOf = (kind: keyof Places, ids: readonly number[], places: Places): string[] =>
  ids.map((id) => places[kind].find((one) => Number(one.id) === id)?.name ?? String(id))

const readStep = ({ channels = [], tickets, ...step }: WrittenStep, places: Places): Step => ({
  ...step,
  channels: idsOf('channels', channels, places),
  ...(tickets && { tickets: idsOf('tickets', tickets, places) }),
})

const writeStep = ({ channels, tickets, ...step }: Step, places: Places): WrittenStep => ({
  ...step,
  ...(channels.length > 0 && { channels: namesOf('channels', channels, places) }),
  ...(tickets && { tickets: namesOf('tickets', tickets, places) }),
})

const read = (rule: WrittenRule, places: Places): Rule => ({
  ...DEFAULTS,
  ...(rule as Omit<Rule, 'steps'>),
  steps: rule.steps.map((step) => readStep(step, places)),
})

/** A stored rule as a file would hold it. */
export const write = ({ id: _id, mutedUntil: _muted, ...rule }: AlertRuleJson, places: Places): WrittenRule => {
  const steps = rule.steps.map((step) => writeStep(step, places))
  const written = Object.entries({ ...rule, steps }).filter(
    ([name, value]) => !isDeepStrictEqual(value, DEFAULTS[name as keyof typeof DEFAULTS]),
  )
  return Object.fromEntries(written) as unknown as WrittenRule
}

/** Compares the rules of a file with those of the project. Throws CliError for names that are not there, and for two rules of one name. */
export const compare = (
  wanted: readonly WrittenRule[],
  stored: readonly AlertRuleJson[],
  places: Places,
): RuleChanges => {
  const twice = wanted.find(({ name }, index) => wanted.findIndex((one) => one.name === name) !== index)
  if (twice) throw new CliError(`Two rules are named ${JSON.stringify(twice.name)}. Give each a name of its own.`)
  const changes: RuleChanges = { add: [], replace: [], remove: [] }
  for (const rule of wanted.map((one) => read(one, places))) {
    const before = stored.find(({ name }) => name === rule.name)
    if (!before) changes.add.push(rule)
    else if (!isDeepStrictEqual(read(write(before, places), places), rule))
      changes.replace.push({ id: before.id, rule })
  }
  const names = new Set(wanted.map(({ name }) => name))
  changes.remove = stored.filter(({ name }) => !names.has(name)).map(({ id, name }) => ({ id, name }))
  return changes
}

/** Carries changes out, in the order in which rules stand in the file. */
export const apply = async ({ add, replace, remove }: RuleChanges, path: string, service: Service): Promise<void> => {
  for (const rule of add) await service.postJson(path, rule)
  for (const { id, rule } of replace) await service.putJson(`${path}${id}/`, rule)
  for (const { id } of remove) await service.delete(`${path}${id}/`)
}

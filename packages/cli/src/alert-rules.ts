import { isDeepStrictEqual } from 'node:util'
import type { Service } from '@foghorn/artifacts'
import type { AlertRuleJson, ChannelJson } from '@foghorn/server'
import { CliError } from './expected-error.ts'

type Rule = Omit<AlertRuleJson, 'id' | 'mutedUntil'>

/** A rule as a file holds it: channels by their names, and nothing that is the default. */
export interface WrittenRule extends Omit<Partial<Rule>, 'steps'> {
  name: string
  steps: { afterMinutes: number; channels: string[] }[]
}

/** What has to be done so that a project has the rules of a file, each by the rule's name. */
export interface RuleChanges {
  add: Rule[]
  replace: { id: string; rule: Rule }[]
  remove: { id: string; name: string }[]
}

const DEFAULTS = { conditions: [], everyMinutes: 60 }

const byName = (channels: readonly ChannelJson[]): Map<string, number> =>
  new Map(channels.map(({ name, id }) => [name, Number(id)]))

const channelOf = (name: string, known: ReadonlyMap<string, number>): number => {
  const id = known.get(name)
  if (id !== undefined) return id
  const names = [...known.keys()].map((one) => JSON.stringify(one)).join(', ')
  throw new CliError(`There is no channel named ${JSON.stringify(name)}. The organization has: ${names || 'none'}.`)
}

const read = (rule: WrittenRule, known: ReadonlyMap<string, number>): Rule => ({
  ...DEFAULTS,
  ...(rule as Omit<Rule, 'steps'>),
  steps: rule.steps.map((step) => ({ ...step, channels: step.channels.map((name) => channelOf(name, known)) })),
})

/** A stored rule as a file would hold it. */
export const write = (
  { id: _id, mutedUntil: _muted, ...rule }: AlertRuleJson,
  channels: readonly ChannelJson[],
): WrittenRule => {
  const names = new Map(channels.map(({ id, name }) => [Number(id), name]))
  const steps = rule.steps.map((step) => ({
    ...step,
    channels: step.channels.map((channel) => names.get(channel) ?? String(channel)),
  }))
  const written = Object.entries({ ...rule, steps }).filter(
    ([name, value]) => !isDeepStrictEqual(value, DEFAULTS[name as keyof typeof DEFAULTS]),
  )
  return Object.fromEntries(written) as unknown as WrittenRule
}

/** Compares the rules of a file with those of the project. Throws CliError for channels that are not there, and for two rules of one name. */
export const compare = (
  wanted: readonly WrittenRule[],
  stored: readonly AlertRuleJson[],
  channels: readonly ChannelJson[],
): RuleChanges => {
  const known = byName(channels)
  const twice = wanted.find(({ name }, index) => wanted.findIndex((one) => one.name === name) !== index)
  if (twice) throw new CliError(`Two rules are named ${JSON.stringify(twice.name)}. Give each a name of its own.`)
  const changes: RuleChanges = { add: [], replace: [], remove: [] }
  for (const rule of wanted.map((one) => read(one, known))) {
    const before = stored.find(({ name }) => name === rule.name)
    if (!before) changes.add.push(rule)
    else if (!isDeepStrictEqual(read(write(before, channels), known), rule))
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

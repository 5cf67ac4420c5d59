import { readFileSync } from 'node:fs'
import type { Service } from '@foghorn/artifacts'
import type { AlertRuleJson } from '@foghorn/server'
import { Command } from 'commander'
import { parse, stringify } from 'yaml'
import { apply, compare, write, type Places, type RuleChanges, type WrittenRule } from '../alert-rules.ts'
import { CliError } from '../expected-error.ts'
import { count, print, say } from '../output.ts'
import { readServiceFlags, withServiceOptions, type ServiceFlags } from '../service-flags.ts'

interface ApplyFlags extends ServiceFlags {
  dryRun?: boolean
}

interface Place {
  service: Service
  path: string
  rules: AlertRuleJson[]
  places: Places
}

const at = async <Result>(flags: ServiceFlags, act: (place: Place) => Promise<Result>): Promise<Result> => {
  const { connectService } = await import('@foghorn/artifacts')
  const { projects, org, ...address } = readServiceFlags(flags)
  const [project, ...others] = projects
  if (others.length > 0) throw new CliError('Rules are those of one project. Pass one --project.')
  const service = connectService(address)
  const path = `/api/0/projects/${encodeURIComponent(org)}/${encodeURIComponent(project!)}/alert-rules/`
  try {
    const rules = (await service.getJson(path)) as AlertRuleJson[]
    const organization = `/api/0/organizations/${encodeURIComponent(org)}/`
    const places = {
      channels: (await service.getJson(`${organization}channels/`)) as Places['channels'],
      tickets: (await service.getJson(`${organization}ticket-systems/`)) as Places['tickets'],
    }
    return await act({ service, path, rules, places })
  } finally {
    service.close()
  }
}

const readRules = (file: string): WrittenRule[] => {
  let read: unknown
  try {
    read = parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new CliError(`${file} cannot be read: ${(error as Error).message.split('\n', 1)[0]}`, { cause: error })
  }
  const { rules } = (read ?? {}) as { rules?: unknown }
  const isListed = (rule: WrittenRule | null): boolean =>
    typeof rule?.name === 'string' &&
    Array.isArray(rule.steps) &&
    rule.steps.every((step) => Array.isArray(step?.channels) || Array.isArray(step?.tickets))
  if (Array.isArray(rules) && rules.every(isListed)) return rules
  throw new CliError(
    `${file} must hold "rules:", a list whose entries have a name and steps with channels or tickets. See: foghorn alerts show`,
  )
}

const report = ({ add, replace, remove }: RuleChanges): void => {
  for (const { name } of add) print(`+ ${name}`)
  for (const { rule } of replace) print(`~ ${rule.name}`)
  for (const { name } of remove) print(`- ${name}`)
}

const applyFile = async (file: string, flags: ApplyFlags): Promise<void> => {
  const wanted = readRules(file)
  await at(flags, async ({ service, path, rules, places }) => {
    const changes = compare(wanted, rules, places)
    report(changes)
    const total = changes.add.length + changes.replace.length + changes.remove.length
    if (!flags.dryRun) await apply(changes, path, service)
    say(flags.dryRun ? `${count(total, 'rule')} would change.` : `${count(total, 'rule')} changed.`)
  })
}

const showRules = (flags: ServiceFlags): Promise<void> =>
  at(flags, async ({ rules, places }) =>
    print(stringify({ rules: rules.map((rule) => write(rule, places)) }).trimEnd()),
  )

export const alertsCommand = (): Command =>
  new Command('alerts')
    .description('Alert rules as code')
    .addCommand(
      withServiceOptions(new Command('apply'))
        .description('Make the rules of a project those of a YAML file: what is not in it goes')
        .argument('<file>', 'rules, as `foghorn alerts show` prints them')
        .option('--dry-run', 'only print what would be added (+), replaced (~) and removed (-)')
        .action(applyFile),
    )
    .addCommand(
      withServiceOptions(new Command('show')).description('Print the rules of a project as YAML').action(showRules),
    )

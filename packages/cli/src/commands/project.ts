import { Command } from 'commander'
import { administrate, withDataOption, type DataFlags } from '../admin.ts'
import { CliError } from '../expected-error.ts'
import { print, printJson } from '../output.ts'

interface Flags extends DataFlags {
  name?: string
  json?: boolean
}

const parsePath = (path: string): { org: string; slug: string } => {
  const [org, slug, ...rest] = path.split('/')
  if (!org || !slug || rest.length > 0)
    throw new CliError(`${JSON.stringify(path)} is not <org>/<slug>. Write it like: foghorn project create acme/shop`)
  return { org, slug }
}

const createCommand = (): Command =>
  withDataOption(new Command('create'))
    .description('Make a project, and its organization when there is none of that name')
    .argument('<org>/<slug>', 'such as acme/shop')
    .option('--name <name>', 'name for people; default: the slug')
    .option('--json', 'print JSON: {"id","slug","org","dsn","publicKey"}')
    .action(async (path: string, flags: Flags) => {
      const wish = { ...parsePath(path), ...(flags.name === undefined ? {} : { name: flags.name }) }
      const project = await administrate(flags, (admin) => admin.createProject(wish))
      if (flags.json) printJson(project)
      else print(`Project ${project.org}/${project.slug}\nDSN ${project.dsn}`)
    })

export const projectCommand = (): Command =>
  new Command('project').description('Manage projects').addCommand(createCommand())

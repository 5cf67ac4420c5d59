import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse, parseAllDocuments } from 'yaml'
import type { Environment } from './foghorn.ts'
import { ROLES, type Part, type Role } from './scaled.ts'

const read = (file: string): string =>
  readFileSync(fileURLToPath(new URL(`../../deploy/${file}`, import.meta.url)), 'utf8')

const isRole = (name: string): name is Role => (ROLES as readonly string[]).includes(name)

export interface Image {
  entrypoint: string[]
  command: string[]
  env: Environment
  healthCheck: string[]
}

const listAfter = (dockerfile: string, pattern: RegExp): string[] =>
  JSON.parse(pattern.exec(dockerfile)![1]!) as string[]

/** What the image's last stage says of how it runs. */
export const readImage = (): Image => {
  const dockerfile = read('Dockerfile')
    .split(/^FROM /m)
    .at(-1)!
  const pairs = [...dockerfile.matchAll(/\b(FOGHORN_\w+)=(\S+)/g)].map(([, name, value]) => [name!, value!] as const)
  return {
    entrypoint: listAfter(dockerfile, /^ENTRYPOINT (\[.*\])$/m),
    command: listAfter(dockerfile, /^CMD (\[.*\])$/m),
    env: Object.fromEntries(pairs),
    healthCheck: listAfter(dockerfile, /HEALTHCHECK[^[]*CMD (\[.*\])$/m),
  }
}

interface ComposeService {
  image?: string
  command: string[]
  environment: Environment
}

/** The processes of a Compose file that are Foghorn's, by the names of their services. */
export const readCompose = (file: string): { name: string; command: string[]; env: Environment }[] => {
  const { services } = parse(read(file), { merge: true }) as { services: Record<string, ComposeService> }
  return Object.entries(services)
    .filter(([, { image }]) => image === 'foghorn')
    .map(([name, { command, environment: env }]) => ({ name, command, env }))
}

interface Deployment {
  kind: string
  metadata: { name: string }
  spec: { template: { spec: { containers: { args: string[]; [probe: string]: unknown }[] } } }
}

export interface Pod extends Part {
  command: string[]
  /** Paths that are asked for to know how it is. */
  probes: string[]
}

export const readKubernetes = (): Pod[] => {
  const { data: env } = parse(read('kubernetes/config.yaml')) as { data: Environment }
  return ROLES.map((role) => {
    const documents = parseAllDocuments(read(`kubernetes/${role}.yaml`)).map((one) => one.toJS() as Deployment)
    const [container] = documents.find(({ kind }) => kind === 'Deployment')!.spec.template.spec.containers
    const probes = Object.entries(container!)
      .filter(([name]) => name.endsWith('Probe'))
      .map(([, probe]) => (probe as { httpGet: { path: string } }).httpGet.path)
    return { name: role, role, command: container!.args, env, probes }
  })
}

/** What a unit starts, after the program's name, and with what. */
export const readUnit = (file: string, instance = ''): { command: string[]; env: Environment } => {
  const unit = read(`systemd/${file}`).replaceAll('%i', instance)
  const [, command] = /^ExecStart=\/usr\/bin\/env foghorn (.+)$/m.exec(unit)!
  const pairs = [...unit.matchAll(/\b(FOGHORN_\w+)=(\S+)/g)].map(([, name, value]) => [name!, value!] as const)
  return { command: command!.split(' '), env: Object.fromEntries(pairs) }
}

/** Services that are called as their roles are. */
export const asParts = (services: readonly { name: string; command: string[]; env: Environment }[]): Part[] =>
  services.flatMap(({ name, ...rest }) => (isRole(name) ? [{ name, role: name, ...rest }] : []))

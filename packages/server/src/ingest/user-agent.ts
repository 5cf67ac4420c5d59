import { parse as parseAgent } from 'bowser'

export interface Client {
  browser?: { name: string; version?: string }
  os?: { name: string; version?: string }
  /** `desktop`, `mobile`, `tablet`, `tv` or `bot`. */
  device?: string
}

const AGENTS_KEPT = 2000
const AGENT_CHARS = 500

const known = new Map<string, Client>()

const named = (part: { name?: string; version?: string }): { name: string; version?: string } | undefined =>
  part.name ? { name: part.name, ...(part.version && { version: part.version }) } : undefined

const parse = (agent: string): Client => {
  const { browser, os, platform } = parseAgent(agent)
  const [browserPart, osPart] = [named(browser), named(os)]
  return {
    ...(browserPart && { browser: browserPart }),
    ...(osPart && { os: osPart }),
    ...(platform.type && { device: platform.type }),
  }
}

/** Browser, system and kind of device by a `User-Agent` header; what it does not tell is absent. The answers given last are remembered. */
export const readClient = (header: string): Client => {
  const agent = header.slice(0, AGENT_CHARS)
  if (agent === '') return {}
  const client = known.get(agent) ?? parse(agent)
  known.delete(agent)
  known.set(agent, client)
  if (known.size > AGENTS_KEPT) known.delete(known.keys().next().value!)
  return client
}

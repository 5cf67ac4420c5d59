import { pathToFileURL } from 'node:url'
import { resolve } from 'node:path'
import type { Notice } from '../alerts/message.ts'
import type { Outcome } from '../alerts/outcome.ts'
import type { TicketSystem } from '../tickets/ticket-system.ts'
import type { Settings } from './extension.ts'
import { openHost, type Host } from './host.ts'
import { threadedSystem, type Named } from './threaded-system.ts'

const CHECK_TIMEOUT_MS = 2000
const NOTIFY_TIMEOUT_MS = 10_000

/** That an extension cannot be used, with what is wrong. */
export class ExtensionError extends Error {}

export interface ExtensionOptions {
  /** Networks that are not public and may be posted to. */
  networks: readonly string[]
}

/** Extensions that are loaded, each in a thread of its own. */
export interface Extensions {
  readonly hosts: readonly Host[]
  /** `acme/pager` */
  readonly notifiers: readonly string[]
  /** Opens a ticket system by its name, `acme/board`. Nothing is asked yet. */
  ticketSystem(name: string, settings: Settings): TicketSystem
  /** What is wrong with a channel of an extension; undefined when nothing is. */
  check(notifier: string, settings: Settings): Promise<string | undefined>
  /** Tells one notice, once. Whatever goes wrong is an outcome. */
  notify(notifier: string, settings: Settings, notice: Notice): Promise<Outcome>
  close(): Promise<void>
}

const open = async (path: string, options: ExtensionOptions): Promise<Host> => {
  try {
    return await openHost({ module: pathToFileURL(resolve(path)).href, ...options })
  } catch (error) {
    throw new ExtensionError(`The extension ${path} cannot be used: ${(error as Error).message}.`, { cause: error })
  }
}

const closeAll = async (hosts: readonly Host[]): Promise<void> => {
  await Promise.all(hosts.map((host) => host.close()))
}

/** Loads modules in order. Throws ExtensionError for the first that cannot be used. */
const openAll = async (paths: readonly string[], options: ExtensionOptions): Promise<Host[]> => {
  const hosts: Host[] = []
  try {
    for (const path of paths) {
      const host = await open(path, options)
      hosts.push(host)
      const { name } = host.description
      if (hosts.some((other) => other !== host && other.description.name === name))
        throw new ExtensionError(`Two extensions are named ${name}. Give each a name of its own.`)
    }
    return hosts
  } catch (error) {
    await closeAll(hosts)
    throw error
  }
}

const isOutcome = (value: unknown): value is Outcome => {
  const { status, answer } = (value ?? {}) as Partial<Outcome>
  return ['sent', 'failed', 'refused'].includes(status as string) && typeof answer === 'string'
}

const ANSWER_CHARS = 300

/** What extensions have of one sort, by the names of both. */
const named = (hosts: readonly Host[], sort: 'notifiers' | 'ticketSystems'): Map<string, Named> =>
  new Map(
    hosts.flatMap((host) =>
      host.description[sort].map((own): [string, Named] => [`${host.description.name}/${own}`, { host, own }]),
    ),
  )

/** Loads the extensions that the operator named. Throws ExtensionError when one cannot be used. */
export const openExtensions = async (paths: readonly string[], options: ExtensionOptions): Promise<Extensions> => {
  const hosts = await openAll(paths, options)
  const byName = named(hosts, 'notifiers')
  const systems = named(hosts, 'ticketSystems')
  const unknown = (name: string): string =>
    `No extension with a notifier ${name} is loaded. FOGHORN_EXTENSIONS gives: ${[...byName.keys()].join(', ') || 'none'}.`
  return {
    hosts,
    notifiers: [...byName.keys()],
    ticketSystem: (name, settings) => threadedSystem(systems.get(name), { name, settings }),
    check: async (name, settings) => {
      const found = byName.get(name)
      if (!found) return unknown(name)
      const { host, own: notifier } = found
      const wrong = await host
        .call({ call: 'check', notifier, settings }, CHECK_TIMEOUT_MS)
        .catch((error: Error) => error.message)
      return wrong === undefined ? undefined : String(wrong)
    },
    notify: async (name, settings, notice) => {
      const found = byName.get(name)
      if (!found) return { status: 'failed', answer: unknown(name) }
      try {
        const { host, own: notifier } = found
        const outcome = await host.call({ call: 'notify', notifier, notice, settings }, NOTIFY_TIMEOUT_MS)
        if (isOutcome(outcome)) return { ...outcome, answer: outcome.answer.slice(0, ANSWER_CHARS) }
        return { status: 'failed', answer: `${name} gave back no outcome: status must be sent, failed or refused` }
      } catch (error) {
        return { status: 'failed', answer: `${name}: ${(error as Error).message}`.slice(0, ANSWER_CHARS) }
      }
    },
    close: () => closeAll(hosts),
  }
}

// The thread that an extension runs in: what it does there holds up nobody, and it can be ended.
import { parentPort, workerData } from 'node:worker_threads'
import { outcomeOf } from '../alerts/outcome.ts'
import { askGuarded } from '../outbound/ask-guarded.ts'
import { reachesListed } from '../outbound/listed-networks.ts'
import { mapTexts } from './event-parts.ts'
import type { Added, Extension, ExtensionEvent, Tools } from './extension.ts'
import type { Description, Extended, HostData, HostMessage, HostRequest } from './host-messages.ts'
import { readExtension } from './read-extension.ts'

const { module, networks } = workerData as HostData

const say = (message: HostMessage): void => parentPort!.postMessage(message)

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 300)

const TIMEOUT_MS = 8000
const ANSWER_BYTES = 1024 * 1024

const ask: Tools['ask'] = (url, { method = 'GET', headers = {}, body }) =>
  askGuarded(
    { url: new URL(url), method, headers, body },
    { reaches: reachesListed(networks), timeoutMs: TIMEOUT_MS, answerBytes: ANSWER_BYTES },
  )

const tools = (): Tools => ({
  signal: AbortSignal.timeout(TIMEOUT_MS),
  ask,
  post: async (url, request) => outcomeOf(await ask(url, { method: 'POST', ...request }), Date.now()),
})

const describe = ({ name, notifiers, ticketSystems, enrichers, maskers }: Extension): Description => ({
  name,
  notifiers: Object.keys(notifiers ?? {}),
  ticketSystems: Object.keys(ticketSystems ?? {}),
  enrichers: Object.keys(enrichers ?? {}),
  maskers: Object.keys(maskers ?? {}),
})

/** What all enrichers add; one that fails adds nothing. */
const enrich = async ({ enrichers = {} }: Extension, event: ExtensionEvent) => {
  const added: Required<Added> = { tags: {}, contexts: {} }
  const failures: string[] = []
  for (const [name, enricher] of Object.entries(enrichers))
    try {
      const { tags = {}, contexts = {} } = (await enricher.enrich(structuredClone(event), tools())) ?? {}
      Object.assign(added.tags, tags)
      Object.assign(added.contexts, contexts)
    } catch (error) {
      failures.push(`${name}: ${reasonOf(error)}`)
    }
  return { added, failures }
}

const mask =
  ({ maskers = {} }: Extension) =>
  (text: string): string => {
    let masked: unknown = text
    for (const [name, masker] of Object.entries(maskers)) {
      masked = masker.mask(masked as string)
      if (typeof masked !== 'string') throw new TypeError(`${name} gave back ${typeof masked} for a text`)
    }
    return masked as string
  }

const extend = async (extension: Extension, event: ExtensionEvent): Promise<Extended> => {
  const { added, failures } = await enrich(extension, event)
  const {
    projectId: _project,
    eventId: _id,
    level: _level,
    environment: _environment,
    release: _release,
    ...part
  } = event
  const change = mask(extension)
  const { tags = {}, contexts = {} } = mapTexts({ ...part, ...added } as never, change)
  return { part: mapTexts(part, change), added: { tags, contexts: contexts as Required<Added>['contexts'] }, failures }
}

const maskAll = (extension: Extension, texts: Record<string, string>): Record<string, string> => {
  const change = mask(extension)
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, change(text)]))
}

const answer = async (extension: Extension, request: HostRequest): Promise<unknown> => {
  if (request.call === 'extend') return extend(extension, request.event)
  if (request.call === 'mask') return maskAll(extension, request.texts)
  if (request.call === 'ticket') {
    const { system, method, settings, args } = request
    const opened = extension.ticketSystems![system]!(settings, tools())
    return (opened[method] as (...args: readonly unknown[]) => unknown)(...args)
  }
  const notifier = extension.notifiers![request.notifier]!
  if (request.call === 'check') return notifier.check?.(request.settings)
  return (await notifier.notify(request.notice, request.settings, tools())) ?? { status: 'sent', answer: 'sent' }
}

const load = async (): Promise<Extension | undefined> => {
  try {
    return readExtension(((await import(module)) as { default?: unknown }).default)
  } catch (error) {
    say({ type: 'unfit', reason: reasonOf(error) })
    return undefined
  }
}

const extension = await load()
if (extension) {
  parentPort!.on('message', ({ id, ...request }: HostRequest & { id: number }) =>
    answer(extension, request).then(
      (value) => say({ type: 'done', id, value }),
      (error: unknown) => say({ type: 'failed', id, reason: reasonOf(error) }),
    ),
  )
  say({ type: 'ready', description: describe(extension) })
}

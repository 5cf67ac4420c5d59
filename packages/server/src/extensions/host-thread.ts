// The thread that an extension runs in: what it does there holds up nobody, and it can be ended.
import { parentPort, workerData } from 'node:worker_threads'
import { outcomeOf } from '../alerts/outcome.ts'
import { reachesListed } from '../outbound/listed-networks.ts'
import { postGuarded } from '../outbound/post-guarded.ts'
import { mapTexts } from './event-parts.ts'
import type { Added, Extension, ExtensionEvent, Tools } from './extension.ts'
import type { Description, Extended, HostData, HostMessage, HostRequest } from './host-messages.ts'
import { readExtension } from './read-extension.ts'

const { module, networks } = workerData as HostData

const say = (message: HostMessage): void => parentPort!.postMessage(message)

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 300)

const POST_TIMEOUT_MS = 8000

const tools = (): Tools => ({
  signal: AbortSignal.timeout(POST_TIMEOUT_MS),
  post: async (url, { headers = {}, body }) => {
    const posted = await postGuarded(
      { url: new URL(url), headers, body },
      { reaches: reachesListed(networks), timeoutMs: POST_TIMEOUT_MS },
    )
    return outcomeOf(posted, Date.now())
  },
})

const describe = ({ name, notifiers, enrichers, maskers }: Extension): Description => ({
  name,
  notifiers: Object.keys(notifiers ?? {}),
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

const answer = async (extension: Extension, request: HostRequest): Promise<unknown> => {
  if (request.call === 'extend') return extend(extension, request.event)
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

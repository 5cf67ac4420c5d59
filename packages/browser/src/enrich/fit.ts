import type { ClientEvent } from '@foghorn/protocol'

/** What an event can do without, in this order. */
const SHED: ((event: ClientEvent) => Partial<ClientEvent>)[] = [
  ({ breadcrumbs = [] }) => ({ breadcrumbs: breadcrumbs.slice(breadcrumbs.length >> 1) }),
  () => ({ breadcrumbs: [] }),
  ({ contexts }) => ({ extra: {}, contexts: { diagnosis: contexts?.['diagnosis'] ?? {} } }),
  ({ exception }) => ({ tags: {}, exception: { values: exception?.values.slice(-1) ?? [] } }),
]

/** What a text weighs on the wire. */
export const bytesOf = (text: string): number => new Blob([text]).size

/** Sheds parts until the event is not over so many bytes; `contexts.shed` says in how many steps. */
export const fit = (event: ClientEvent, maxBytes: number): ClientEvent => {
  let steps = 0
  while (SHED[steps] && bytesOf(JSON.stringify(event)) > maxBytes) event = { ...event, ...SHED[steps++]!(event) }
  return { ...event, contexts: { ...event.contexts, shed: { steps } } }
}

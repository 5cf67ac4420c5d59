import { addSource, type Stop } from '@foghorn/browser'

const nothing: Stop = () => {}

/** Reports an error once, with what Svelte tells about it. */
export const report = (error: unknown, by: string, svelte: Record<string, unknown>): void =>
  addSource((emit) => {
    const event = emit.build({ value: error, by: `auto.function.svelte.${by}`, handled: true })
    emit.capture({ value: error, event: { ...event, contexts: { ...event.contexts, svelte } } })
    return nothing
  })

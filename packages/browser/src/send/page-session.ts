import type { ClientEvent } from '@foghorn/protocol'
import type { Options, ScopeData } from '../options.ts'
import { createSession, type Session, type SessionOrder } from '../sessions.ts'
import { itemLines, type Item } from './envelope.ts'
import type { Post } from './post.ts'

export interface PageSessionDeps {
  options: Options
  scope: () => ScopeData
}

export interface PageSession {
  /** What is sent along with an event: the update that follows from it, as lines, or nothing. */
  after(event: ClientEvent): string
  steer(order: SessionOrder): void
}

/** Opens a session. It is not worth a place in the buffer: a lost one is made good by the first update. */
const open = ({ options, scope }: PageSessionDeps, post: Post, startedMs: number): Session | undefined => {
  if (!options.release) return
  const session = createSession(options, scope, startedMs)
  post([{ id: '', category: 'session', items: itemLines('session', session.update()) }]).then(
    (outcome) => outcome === 'sent' && session.opened(),
    () => {},
  )
  return session
}

/** The session of the page: opened with it unless the options say otherwise, and steered by hand. */
export const createPageSession = (deps: PageSessionDeps, post: Post, add: (item: Item) => void): PageSession => {
  let session = deps.options.autoSessionTracking === false ? undefined : open(deps, post, performance.timeOrigin)
  return {
    after: (event) => {
      const update = session?.after(event)
      return update ? `\n${itemLines('session', update)}` : ''
    },
    steer: ({ order }) => {
      const payload = session?.update(order === 'send' ? undefined : 'exited')
      if (payload) add({ type: 'session', payload })
      if (order !== 'send') session = order === 'start' ? open(deps, post, Date.now()) : undefined
    },
  }
}

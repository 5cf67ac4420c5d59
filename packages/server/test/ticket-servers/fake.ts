import assert from 'node:assert/strict'
import { startReceiver, type Answer, type Received } from '../receiver.ts'

export interface FakeTicket {
  key: string
  title: string
  /** As it was sent: Markdown, a document, wiki markup. */
  text: unknown
  isClosed: boolean
  comments: unknown[]
}

export interface SignedHook {
  headers: Record<string, string>
  body: string
}

/** What a provider is: what it answers, and how it signs. */
export interface Provider {
  /** What the API is told to connect it. */
  target: (url: string) => object
  /** Answers a request as documented. Throws what is wrong with one that is not. */
  handle: (request: Received, tickets: Tickets) => Answer
  /** The webhook that it sends when a ticket has changed. */
  hook: (key: string, secret: string, now: number) => SignedHook
  /** Address of a ticket, as people copy it. */
  page: (key: string, url: string) => string
}

/** The tickets that a provider keeps. */
export const createTickets = (nameOf: (number: number) => string) => {
  const all = new Map<string, FakeTicket>()
  return {
    all,
    add: (title: string, text: unknown): FakeTicket => {
      const ticket = { key: nameOf(all.size + 1), title, text, isClosed: false, comments: [] }
      all.set(ticket.key, ticket)
      return ticket
    },
  }
}

export type Tickets = ReturnType<typeof createTickets>

export const json = (status: number, body: unknown, headers: Record<string, string> = {}): Answer => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
})

/** The body of a request that has exactly these fields. */
export const bodyWith = (request: Received, fields: readonly string[]): Record<string, any> => {
  assert.match(request.headers['content-type'] ?? '', /^application\/json/)
  const body = JSON.parse(request.body)
  assert.deepEqual(Object.keys(body).toSorted(), [...fields].toSorted())
  return body
}

export const expectText = (value: unknown, longest: number): string => {
  assert(typeof value === 'string')
  assert(value.length > 0 && value.length <= longest, `a text of ${value.length} characters`)
  return value
}

type Interference = (request: Received) => Answer | 'hang up' | undefined

/** A provider as a server of this machine. What a request has wrong is kept in `violations`, which tests expect to be empty. */
export const startFake = async (provider: Provider, nameOf: (number: number) => string = String) => {
  const receiver = await startReceiver()
  const tickets = createTickets(nameOf)
  const violations: string[] = []
  const state: { before: Interference; after: Interference } = { before: () => undefined, after: () => undefined }
  const carryOut = (request: Received): Answer => {
    try {
      return provider.handle(request, tickets)
    } catch (error) {
      violations.push(`${request.method} ${request.path}: ${(error as Error).message}`)
      return json(400, { message: (error as Error).message })
    }
  }
  receiver.answerBy((request) => {
    const instead = state.before(request)
    if (instead) return instead
    const answer = carryOut(request)
    return state.after(request) ?? answer
  })
  return {
    ...provider,
    target: provider.target(receiver.url),
    page: (key: string) => provider.page(key, receiver.url),
    url: receiver.url,
    received: receiver.received,
    tickets: tickets.all,
    add: tickets.add,
    violations,
    /** Answers itself; nothing is done. */
    instead: (answer: Interference) => (state.before = answer),
    /** Does what it is asked, and then answers something else. */
    afterwards: (answer: Interference) => (state.after = answer),
    well: () => {
      state.before = () => undefined
      state.after = () => undefined
    },
    close: receiver.close,
  }
}

export type Fake = Awaited<ReturnType<typeof startFake>>

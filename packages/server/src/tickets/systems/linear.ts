import * as v from 'valibot'
import { toMarkdown } from '../formats/markdown.ts'
import { plainTitle } from '../formats/title.ts'
import { createRemote, mapped, WebAddress, type Remote, type RemoteDeps } from '../remote.ts'
import { hmacHex, isSame } from '../signature.ts'
import type { TicketTargetOf } from '../target.ts'
import type { Answer, Hook, RemoteTicket, TicketSystem } from '../ticket-system.ts'

// GraphQL (linear.app/developers, checked 2026-11). An issue may be given its ID, so that none is made twice.

const ISSUE = 'identifier url title state { type }'
const Issue = v.object({
  identifier: v.string(),
  url: WebAddress,
  title: v.string(),
  state: v.object({ type: v.string() }),
})
const Failed = v.object({
  errors: v.pipe(
    v.array(v.object({ message: v.string(), extensions: v.optional(v.looseObject({ code: v.optional(v.string()) })) })),
    v.minLength(1),
  ),
})
const Success = v.object({ success: v.literal(true) })
const Event = v.object({
  webhookTimestamp: v.number(),
  type: v.string(),
  data: v.object({ identifier: v.optional(v.string()) }),
})

// What Linear recommends.
const FRESH_MS = 60_000
const MISSING = /entity not found/i
const CLOSED = new Set(['completed', 'canceled', 'duplicate'])

const ticketOf = ({ identifier, url, title, state }: v.InferOutput<typeof Issue>): RemoteTicket => ({
  key: identifier,
  url,
  title,
  isClosed: CLOSED.has(state.type),
})

interface Query<Schema> {
  query: string
  variables: object
  data: Schema
}

const PATIENCE = new Set(['INTERNAL_SERVER_ERROR', 'LOCK_TIMEOUT', 'AUTHENTICATION_ERROR'])

const errorsIn = (body: string): v.InferOutput<typeof Failed>['errors'] => {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), Failed), body)
  return parsed.success ? parsed.output.errors : []
}

/** GraphQL tells most of what is wrong in an answer that was taken. */
const graphql = async <Schema extends v.GenericSchema>(
  remote: Remote,
  { query, variables, data }: Query<Schema>,
): Promise<Answer<v.InferOutput<Schema>> | 'missing'> => {
  const asked = await remote.ask({ method: 'POST', path: '', body: { query, variables } })
  const [error] = asked.ok ? errorsIn(asked.body) : []
  if (error && MISSING.test(error.message)) return 'missing'
  if (error && asked.ok && asked.status === 200)
    return {
      status: PATIENCE.has(error.extensions?.code ?? '') ? 'failed' : 'refused',
      answer: error.message.slice(0, 300),
    }
  return mapped(remote.parse(asked, v.object({ data })), (answer) => (answer as { data: v.InferOutput<Schema> }).data)
}

const orRefused = <Value>(answer: Answer<Value> | 'missing', what: string): Answer<Value> =>
  answer === 'missing' ? { status: 'refused', answer: `Linear has no ${what}.` } : answer

const read = async (remote: Remote, id: string): Promise<Answer<RemoteTicket | undefined>> => {
  const found = await graphql(remote, {
    query: `query Ticket($id: String!) { issue(id: $id) { ${ISSUE} } }`,
    variables: { id },
    data: v.object({ issue: Issue }),
  })
  return found === 'missing' ? { status: 'done', value: undefined } : mapped(found, ({ issue }) => ticketOf(issue))
}

const Team = v.object({
  id: v.string(),
  name: v.string(),
  states: v.object({ nodes: v.array(v.object({ id: v.string(), type: v.string(), position: v.number() })) }),
})

const readTeam = async (remote: Remote, key: string): Promise<Answer<v.InferOutput<typeof Team>>> => {
  const found = await graphql(remote, {
    query: `query Team($key: String!) { teams(filter: { key: { eq: $key } }, first: 1) { nodes { id name states { nodes { id type position } } } } }`,
    variables: { key },
    data: v.object({ teams: v.object({ nodes: v.array(Team) }) }),
  })
  const answer = orRefused(found, `team ${key}`)
  if (answer.status !== 'done') return answer
  const [team] = answer.value.teams.nodes
  return team ? { status: 'done', value: team } : { status: 'refused', answer: `Linear has no team ${key}.` }
}

const STATES = { closed: ['completed'], open: ['unstarted', 'backlog', 'started'] } as const

const move = async (
  remote: Remote,
  team: string,
  { key, isClosed }: { key: string; isClosed: boolean },
): Promise<Answer<void>> => {
  const found = await readTeam(remote, team)
  if (found.status !== 'done') return found
  const states = found.value.states.nodes.toSorted((a, b) => a.position - b.position)
  const state = STATES[isClosed ? 'closed' : 'open'].flatMap((type) => states.find((one) => one.type === type) ?? [])[0]
  if (!state) return { status: 'refused', answer: `The team ${team} has no state for that.` }
  const moved = await graphql(remote, {
    query: `mutation Move($id: String!, $state: String!) { issueUpdate(id: $id, input: { stateId: $state }) { success } }`,
    variables: { id: key, state: state.id },
    data: v.object({ issueUpdate: Success }),
  })
  return mapped(orRefused(moved, `issue ${key}`), () => undefined)
}

const hear = ({ headers, body, now }: Hook, { hookSecret }: TicketTargetOf<'linear'>) => {
  const signature = headers['linear-signature']
  if (hookSecret === undefined || signature === undefined || !isSame(signature, hmacHex(hookSecret, body)))
    return undefined
  const event = v.safeParse(v.pipe(v.string(), v.parseJson(), Event), body.toString())
  if (!event.success) return []
  if (Math.abs(now - event.output.webhookTimestamp) > FRESH_MS) return undefined
  const { identifier } = event.output.data
  return event.output.type === 'Issue' && identifier !== undefined ? [identifier] : []
}

const keyOf = (reference: string): string | undefined =>
  /^(?:https:\/\/linear\.app\/[^/]+\/issue\/)?([A-Z\d]{1,20}-\d{1,12})(?:[/?#].*)?$/i
    .exec(reference.trim())?.[1]
    ?.toUpperCase()

/** Issues of a team in Linear. */
export const linearSystem = (target: TicketTargetOf<'linear'>, deps: RemoteDeps): TicketSystem => {
  const { token, team, apiUrl } = target
  const remote = createRemote({ base: apiUrl, headers: { authorization: token } }, deps)
  return {
    findsAfterMs: 0,
    check: async () => mapped(await readTeam(remote, team), ({ name }) => `Reads the issues of the team ${name}.`),
    keyOf,
    find: (marker) => read(remote, marker),
    create: async ({ marker, title, body }) => {
      const found = await readTeam(remote, team)
      if (found.status !== 'done') return found
      const made = await graphql(remote, {
        query: `mutation Create($input: IssueCreateInput!) { issueCreate(input: $input) { success issue { ${ISSUE} } } }`,
        variables: {
          input: { id: marker, teamId: found.value.id, title: plainTitle(title), description: toMarkdown(body) },
        },
        data: v.object({ issueCreate: v.object({ success: v.literal(true), issue: Issue }) }),
      })
      return mapped(orRefused(made, 'such place'), ({ issueCreate: { issue } }) => ticketOf(issue))
    },
    read: (key) => read(remote, key),
    comment: async (key, { body }) => {
      const said = await graphql(remote, {
        query: `mutation Comment($input: CommentCreateInput!) { commentCreate(input: $input) { success } }`,
        variables: { input: { issueId: key, body: toMarkdown(body) } },
        data: v.object({ commentCreate: Success }),
      })
      return mapped(orRefused(said, `issue ${key}`), () => undefined)
    },
    setClosed: (key, isClosed) => move(remote, team, { key, isClosed }),
    hear: (hook) => hear(hook, target),
  }
}

import { createHmac } from 'node:crypto'
import { buildSchema, graphqlSync } from 'graphql'
import { expect } from 'vitest'
import { bodyWith, expectText, json, startFake, type FakeTicket, type Provider, type Tickets } from './fake.ts'

const TOKEN = 'lin_api_of_the_tests'

/** What is used of Linear's schema (studio.apollographql.com/public/Linear-API). */
const SCHEMA = buildSchema(`
  input StringComparator { eq: String }
  input TeamFilter { key: StringComparator }
  input IssueCreateInput { id: String teamId: String! title: String description: String stateId: String }
  input IssueUpdateInput { stateId: String title: String }
  input CommentCreateInput { id: String issueId: String body: String }
  type WorkflowState { id: ID! name: String! type: String! position: Float! }
  type WorkflowStateConnection { nodes: [WorkflowState!]! }
  type Team { id: ID! key: String! name: String! states: WorkflowStateConnection! }
  type TeamConnection { nodes: [Team!]! }
  type Issue { id: ID! identifier: String! url: String! title: String! state: WorkflowState! }
  type IssuePayload { success: Boolean! issue: Issue }
  type CommentPayload { success: Boolean! }
  type Query { issue(id: String!): Issue! teams(filter: TeamFilter, first: Int): TeamConnection! }
  type Mutation {
    issueCreate(input: IssueCreateInput!): IssuePayload!
    issueUpdate(id: String!, input: IssueUpdateInput!): IssuePayload!
    commentCreate(input: CommentCreateInput!): CommentPayload!
  }
`)

const UUID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/

const STATES = [
  { id: 's-3', name: 'Done', type: 'completed', position: 3 },
  { id: 's-2', name: 'In Progress', type: 'started', position: 2 },
  { id: 's-1', name: 'Todo', type: 'unstarted', position: 1 },
]

const TEAM = { id: 'team-1', key: 'ENG', name: 'Engineering', states: { nodes: STATES } }

const issueOf = ({ key, title, isClosed }: FakeTicket) => ({
  id: `uuid-of-${key}`,
  identifier: key,
  url: `https://linear.app/acme/issue/${key}/something`,
  title,
  state: STATES[isClosed ? 0 : 2],
})

const rootOver = (tickets: Tickets, ids: Map<string, string>) => {
  const ticketOf = (id: string): FakeTicket => {
    const ticket = tickets.all.get(ids.get(id) ?? id)
    if (!ticket) throw new Error('Entity not found: Issue')
    return ticket
  }
  return {
    issue: ({ id }: { id: string }) => issueOf(ticketOf(id)),
    teams: ({ filter }: any) => ({ nodes: filter.key.eq === 'ENG' ? [TEAM] : [] }),
    issueCreate: ({ input: { id, teamId, title, description } }: any) => {
      expect([teamId, UUID.test(id)]).toEqual(['team-1', true])
      if (ids.has(id)) throw new Error('Entity already exists')
      const ticket = tickets.add(expectText(title, 255), expectText(description, 200_000))
      ids.set(id, ticket.key)
      return { success: true, issue: issueOf(ticket) }
    },
    issueUpdate: ({ id, input }: any) => {
      const ticket = ticketOf(id)
      ticket.isClosed = STATES.find((state) => state.id === input.stateId)!.type === 'completed'
      return { success: true, issue: issueOf(ticket) }
    },
    commentCreate: ({ input: { issueId, body } }: any) => {
      ticketOf(issueId).comments.push(expectText(body, 100_000))
      return { success: true }
    },
  }
}

const providerOver = (ids: Map<string, string>): Provider => ({
  target: (url) => ({
    kind: 'linear',
    team: 'ENG',
    token: TOKEN,
    apiUrl: `${url}/graphql`,
    hookSecret: 'lin_wh_secret_of_tests',
  }),
  handle: (request, tickets) => {
    expect([request.method, request.path, request.headers.authorization]).toEqual(['POST', '/graphql', TOKEN])
    const { query, variables } = bodyWith(request, ['query', 'variables'])
    const answer = graphqlSync({
      schema: SCHEMA,
      source: query,
      variableValues: variables,
      rootValue: rootOver(tickets, ids),
    })
    const [error] = answer.errors ?? []
    // What is no query of the schema is a mistake of whoever asks; the rest is how Linear answers.
    if (error && !error.message.startsWith('Entity')) throw error
    return json(200, answer)
  },
  hook: (key, secret, now) => {
    const body = JSON.stringify({
      action: 'update',
      type: 'Issue',
      data: { id: `uuid-of-${key}`, identifier: key },
      webhookTimestamp: now,
      webhookId: 'w-1',
    })
    return { headers: { 'linear-signature': createHmac('sha256', secret).update(body).digest('hex') }, body }
  },
  page: (key) => `https://linear.app/acme/issue/${key}/cannot-read-price`,
})

export const startLinear = () => startFake(providerOver(new Map()), (number) => `ENG-${number}`)

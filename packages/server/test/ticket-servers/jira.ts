import { createHmac } from 'node:crypto'
import { expect } from 'vitest'
import type { Answer, Received } from '../receiver.ts'
import { bodyWith, expectText, json, startFake, type FakeTicket, type Provider, type Tickets } from './fake.ts'

const TOKEN = 'token-of-the-tests'
const EMAIL = 'ada@acme.test'

interface Node {
  type: string
  text?: string
  attrs?: Record<string, string>
  marks?: { type: string; attrs?: Record<string, string> }[]
  content?: Node[]
}

// Of developer.atlassian.com/cloud/jira/platform/apis/document/structure.
const CHILDREN: Record<string, readonly string[]> = {
  doc: ['paragraph', 'bulletList', 'codeBlock'],
  paragraph: ['text'],
  bulletList: ['listItem'],
  listItem: ['paragraph'],
  codeBlock: ['text'],
}

/** Throws where a document is not one of Atlassian's format; gives its texts. */
export const textsOfDocument = (node: Node): string[] => {
  if (node.type === 'text') {
    for (const { type, attrs } of node.marks ?? [])
      expect(type === 'link' ? attrs!['href'] : type).toMatch(/^(?:https?:\/\/|strong$)/)
    return [expectText(node.text, 32_767)]
  }
  const { content = [] } = node
  expect(content.length).toBeGreaterThan(0)
  return content.flatMap((child) => {
    expect(CHILDREN[node.type]).toContain(child.type)
    return textsOfDocument(child)
  })
}

const plainOf = (text: unknown): string => (typeof text === 'string' ? text : textsOfDocument(text as Node).join('\n'))

const checkText = (text: any, isCloud: boolean): unknown => {
  if (!isCloud) return expectText(text, 32_767)
  expect([text.type, text.version]).toEqual(['doc', 1])
  textsOfDocument(text)
  return text
}

const status = (isClosed: boolean) => ({
  name: isClosed ? 'Erledigt' : 'Offen',
  statusCategory: { id: isClosed ? 3 : 2, key: isClosed ? 'done' : 'new' },
})

const issueJson = ({ key, title, isClosed }: FakeTicket) => ({
  id: key.replace('SHOP-', '100'),
  key,
  fields: { summary: title, status: status(isClosed) },
})

const search = (request: Received, tickets: Tickets): Answer => {
  const { jql = '', fields } = Object.fromEntries(new URL(request.path, 'http://x').searchParams)
  const [, marker] = /^project = "SHOP" AND description ~ "\\"([\w-]+)\\""$/.exec(jql) ?? []
  expect([typeof marker, fields]).toEqual(['string', 'summary,status'])
  return json(200, {
    issues: [...tickets.all.values()].filter(({ text }) => plainOf(text).includes(marker!)).map(issueJson),
  })
}

// Workflows are other everywhere; this one has a step that leads nowhere of interest, too.
const transitionsOf = ({ isClosed }: FakeTicket) => [
  { id: '11', name: 'Prüfen', to: { statusCategory: { key: 'indeterminate' } } },
  isClosed ? { id: '21', name: 'Wieder öffnen', to: status(false) } : { id: '31', name: 'Erledigen', to: status(true) },
]

const transition = (request: Received, ticket: FakeTicket): Answer => {
  if (request.method === 'GET') return json(200, { transitions: transitionsOf(ticket) })
  const { id } = bodyWith(request, ['transition'])['transition']
  const step = transitionsOf(ticket).find((one) => one.id === id)
  if (!step) return json(400, { errorMessages: ['It is not possible to do that.'] })
  ticket.isClosed = step.to.statusCategory.key === 'done'
  return { status: 204 }
}

const providerOf = (isCloud: boolean): Provider => {
  const path = isCloud ? '/rest/api/3' : '/rest/api/2'
  const basic = `Basic ${Buffer.from(`${EMAIL}:${TOKEN}`).toString('base64')}`
  return {
    target: (url) => ({
      kind: isCloud ? 'jira' : 'jira-server',
      url,
      project: 'SHOP',
      token: TOKEN,
      ...(isCloud && { email: EMAIL }),
    }),
    handle: (request, tickets) => {
      expect(request.headers.authorization).toBe(isCloud ? basic : `Bearer ${TOKEN}`)
      const { pathname } = new URL(request.path, 'http://x')
      if (pathname === `${path}/project/SHOP`) return json(200, { key: 'SHOP', name: 'The shop' })
      if (pathname === `${path}/search${isCloud ? '/jql' : ''}`) return search(request, tickets)
      if (request.method === 'POST' && pathname === `${path}/issue`) {
        const { project, issuetype, summary, description, ...rest } = bodyWith(request, ['fields'])['fields']
        expect([project, issuetype, rest]).toEqual([{ key: 'SHOP' }, { name: 'Bug' }, {}])
        expect(summary).not.toMatch(/[\r\n]/)
        const { key } = tickets.add(expectText(summary, 255), checkText(description, isCloud))
        return json(201, { id: '10000', key, self: `https://jira.test${path}/issue/10000` })
      }
      const [, key = '', rest] = new RegExp(`^${path}/issue/(SHOP-\\d+)(/\\w+)?$`).exec(pathname) ?? []
      const ticket = tickets.all.get(key)
      if (!ticket)
        return json(404, { errorMessages: ['Issue does not exist or you do not have permission to see it.'] })
      if (rest === '/transitions') return transition(request, ticket)
      if (rest === undefined) return json(200, issueJson(ticket))
      expect([request.method, rest]).toEqual(['POST', '/comment'])
      ticket.comments.push(checkText(bodyWith(request, ['body'])['body'], isCloud))
      return json(201, { id: '1' })
    },
    hook: (key, secret) => {
      const body = JSON.stringify({ webhookEvent: 'jira:issue_updated', issue: { id: '10000', key } })
      return {
        headers: { 'x-hub-signature': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}` },
        body,
      }
    },
    page: (key, url) => `${url}/browse/${key}`,
  }
}

const nameOf = (number: number): string => `SHOP-${number}`

export const startJira = () => startFake(providerOf(true), nameOf)
export const startJiraServer = () => startFake(providerOf(false), nameOf)

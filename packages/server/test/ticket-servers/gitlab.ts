import { expect } from 'vitest'
import { bodyWith, expectText, json, startFake, type FakeTicket, type Provider } from './fake.ts'

const TOKEN = 'glpat-of-the-tests'

const issueJson = ({ key, title, text, isClosed }: FakeTicket, url: string) => ({
  id: 5000 + Number(key),
  iid: Number(key),
  project_id: 4,
  web_url: `${url}/acme/web/shop/-/issues/${key}`,
  title,
  description: text,
  state: isClosed ? 'closed' : 'opened',
})

const PATH = '/api/v4/projects/acme%2Fweb%2Fshop'

/** Issues of GitLab's REST API, version 4. */
const provider: Provider = {
  target: (url) => ({ kind: 'gitlab', project: 'acme/web/shop', token: TOKEN, url }),
  handle: (request, tickets) => {
    const { headers, method } = request
    const url = `http://${headers.host}`
    expect(headers['private-token']).toBe(TOKEN)
    const { pathname, searchParams } = new URL(request.path, url)
    if (method === 'GET' && pathname === PATH) return json(200, { id: 4, path_with_namespace: 'acme/web/shop' })
    if (method === 'POST' && pathname === `${PATH}/issues`) {
      const { title, description } = bodyWith(request, ['title', 'description'])
      return json(201, issueJson(tickets.add(expectText(title, 255), expectText(description, 1_048_576)), url))
    }
    if (method === 'GET' && pathname === `${PATH}/issues`) {
      const { search, in: where, state, scope } = Object.fromEntries(searchParams)
      expect([where, state, scope]).toEqual(['description', 'all', 'all'])
      const found = [...tickets.all.values()].filter(({ text }) => String(text).includes(search!))
      return json(
        200,
        found.map((one) => issueJson(one, url)),
      )
    }
    const [, key = '', rest] = new RegExp(`^${PATH}/issues/(\\d+)(/notes)?$`).exec(pathname) ?? []
    const ticket = tickets.all.get(key)
    if (!ticket) return json(404, { message: '404 Not found' })
    if (method === 'POST' && rest) {
      ticket.comments.push(expectText(bodyWith(request, ['body'])['body'], 1_000_000))
      return json(201, { id: ticket.comments.length })
    }
    if (method === 'PUT') {
      const { state_event: event } = bodyWith(request, ['state_event'])
      expect(['close', 'reopen']).toContain(event)
      ticket.isClosed = event === 'close'
      return json(200, issueJson(ticket, url))
    }
    expect([method, rest]).toEqual(['GET', undefined])
    return json(200, issueJson(ticket, url), { etag: `W/"${ticket.isClosed}"` })
  },
  hook: (key, secret) => ({
    headers: { 'x-gitlab-event': 'Issue Hook', 'x-gitlab-token': secret },
    body: JSON.stringify({
      object_kind: 'issue',
      project: { id: 4, path_with_namespace: 'acme/web/shop' },
      object_attributes: { id: 5000 + Number(key), iid: Number(key), action: 'close', state: 'closed' },
    }),
  }),
  page: (key, url) => `${url}/acme/web/shop/-/issues/${key}`,
}

export const startGitlab = () => startFake(provider)

import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { bodyWith, expectText, json, startFake, type FakeTicket, type Provider } from './fake.ts'

const TOKEN = 'github_pat_of_the_tests'

const issueJson = ({ key, title, text, isClosed }: FakeTicket) => ({
  id: 1000 + Number(key),
  number: Number(key),
  html_url: `https://github.com/acme/shop/issues/${key}`,
  title,
  body: text,
  state: isClosed ? 'closed' : 'open',
  state_reason: isClosed ? 'completed' : null,
})

const missing = json(404, { message: 'Not Found', documentation_url: 'https://docs.github.com/rest' })

/** Issues of GitHub's REST API, version 2022-11-28. */
const provider: Provider = {
  target: (apiUrl) => ({ kind: 'github', repository: 'acme/shop', token: TOKEN, apiUrl }),
  handle: (request, tickets) => {
    const { headers, method } = request
    assert.equal(headers.accept, 'application/vnd.github+json')
    assert.equal(headers.authorization, `Bearer ${TOKEN}`)
    assert.equal(headers['x-github-api-version'], '2022-11-28')
    assert(headers['user-agent'])
    const { pathname, searchParams } = new URL(request.path, 'http://x')
    if (method === 'GET' && pathname === '/repos/acme/shop')
      return json(200, { full_name: 'acme/shop', has_issues: true })
    if (method === 'POST' && pathname === '/repos/acme/shop/issues') {
      const { title, body } = bodyWith(request, ['title', 'body'])
      return json(201, issueJson(tickets.add(expectText(title, 256), expectText(body, 65_536))))
    }
    if (method === 'GET' && pathname === '/repos/acme/shop/issues') {
      const { state, per_page: perPage, page, since } = Object.fromEntries(searchParams)
      assert.deepEqual([state, Number(perPage) <= 100, Number.isNaN(Date.parse(since!))], ['all', true, false])
      const from = (Number(page) - 1) * Number(perPage)
      const listed = [...tickets.all.values()].toReversed().slice(from, from + Number(perPage))
      return json(200, listed.map(issueJson))
    }
    const [, key = '', rest] = /^\/repos\/acme\/shop\/issues\/(\d+)(\/comments)?$/.exec(pathname) ?? []
    const ticket = tickets.all.get(key)
    if (!ticket) return missing
    if (method === 'POST' && rest) {
      ticket.comments.push(expectText(bodyWith(request, ['body'])['body'], 65_536))
      return json(201, { id: ticket.comments.length })
    }
    if (method === 'PATCH') {
      const { state, state_reason: reason } = JSON.parse(request.body)
      assert.deepEqual([state, reason], state === 'closed' ? ['closed', 'completed'] : ['open', undefined])
      ticket.isClosed = state === 'closed'
      return json(200, issueJson(ticket))
    }
    assert.deepEqual([method, rest], ['GET', undefined])
    const etag = `W/"${ticket.title.length}-${ticket.isClosed}-${ticket.comments.length}"`
    if (headers['if-none-match'] === etag) return { status: 304, headers: { etag } }
    return json(200, issueJson(ticket), { etag })
  },
  hook: (key, secret) => {
    const body = JSON.stringify({
      action: 'closed',
      issue: { number: Number(key), state: 'closed' },
      repository: { id: 1, full_name: 'acme/shop' },
    })
    const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
    return {
      headers: { 'x-github-event': 'issues', 'x-github-delivery': 'a-b-c', 'x-hub-signature-256': signature },
      body,
    }
  },
  page: (key) => `https://github.com/acme/shop/issues/${key}`,
}

export const startGithub = () => startFake(provider)

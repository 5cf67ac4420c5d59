import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { temporaryFolder } from './program.ts'
import { foghorn, startService, type Run, type Service } from './service.ts'

let service: Service
beforeAll(async () => {
  service = await startService()
  const add = async (what: string, body: object) => {
    const response = await fetch(`${service.url()}/api/0/organizations/acme/${what}/`, {
      method: 'POST',
      headers: { authorization: `Bearer ${service.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    expect(response.status, await response.text()).toBe(201)
  }
  await add('channels', { name: 'on-call', target: { kind: 'email', to: ['ada@example.com'] } })
  const github = { kind: 'github', repository: 'acme/shop', token: 'github_pat_1' }
  await add('ticket-systems', { name: 'our issues', target: github })
})
afterAll(() => service.close())

const alerts = (...args: string[]): Promise<Run> => foghorn(['alerts', ...args], service.env())

const file = (text: string): string => {
  const path = join(temporaryFolder(), 'alerts.yaml')
  writeFileSync(path, text)
  return path
}

const RULES = `rules:
  - name: new ones
    trigger:
      when: new-issue
    steps:
      - afterMinutes: 0
        channels:
          - on-call
  - name: many
    trigger:
      when: events
      count: 20
      minutes: 5
      of: issue
    conditions:
      - on: environment
        pattern: prod*
    steps:
      - afterMinutes: 0
        channels:
          - on-call
      - afterMinutes: 30
        tickets:
          - our issues
`

test('the rules of a file become those of the project, and are printed as they stand in the file', async () => {
  const path = file(RULES)
  expect(await alerts('apply', path, '--dry-run')).toMatchObject({
    code: 0,
    stdout: '+ new ones\n+ many\n',
    stderr: '2 rules would change.\n',
  })
  expect((await alerts('show')).stdout).toBe('rules: []\n')
  expect(await alerts('apply', path)).toMatchObject({ code: 0, stdout: '+ new ones\n+ many\n' })
  expect((await alerts('show')).stdout).toBe(RULES)
  expect(await alerts('apply', path)).toMatchObject({ code: 0, stdout: '', stderr: '0 rules changed.\n' })
})

test('what changed is replaced, and what is not in the file goes', async () => {
  await alerts('apply', file(RULES))
  const changed = RULES.slice(0, RULES.indexOf('  - name: many')).replace('afterMinutes: 0', 'afterMinutes: 10')
  expect(await alerts('apply', file(changed))).toMatchObject({ code: 0, stdout: '~ new ones\n- many\n' })
  expect((await alerts('show')).stdout).toBe(changed)
})

test.each([
  [RULES.replaceAll('on-call', 'nobody'), 'There is no channel named "nobody". The organization has: "on-call".'],
  [
    RULES.replace('our issues', 'theirs'),
    'There is no ticket system named "theirs". The organization has: "our issues".',
  ],
  [RULES.replace('name: many', 'name: new ones'), 'Two rules are named "new ones".'],
  ['rules: 7', 'must hold "rules:"'],
  ['rules: [', 'cannot be read'],
  [RULES.replace('count: 20', 'count: 0'), 'trigger.count'],
])('a file that cannot work is refused with what to do', async (text, message) => {
  const { code, stderr } = await alerts('apply', file(text))
  expect([code, stderr]).toEqual([1, expect.stringContaining(message)])
})

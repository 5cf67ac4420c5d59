import { expect, test } from 'vitest'
import { hookOf, toTarget } from '../src/tickets/system-kinds.ts'

test('a ticket system is asked for what its kind needs, and one of an extension gets its settings', () => {
  expect(toTarget('github', { repository: 'acme/shop', token: 'x', apiUrl: '' })).toEqual({
    kind: 'github',
    repository: 'acme/shop',
    token: 'x',
  })
  expect(toTarget('extension', { system: 'acme/board', settings: 'lane=new' })).toEqual({
    kind: 'extension',
    system: 'acme/board',
    settings: { lane: 'new' },
  })
  expect(toTarget('extension', { system: 'acme/board', settings: '' })).toEqual({
    kind: 'extension',
    system: 'acme/board',
  })
})

test('a webhook is explained where the system has one', () => {
  expect(hookOf('github')).toContain('webhook')
  expect(hookOf('extension')).toBeUndefined()
})

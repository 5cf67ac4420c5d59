import type { IssueJson } from '@foghorn/server'
import { expect, test } from 'vitest'
import { freshenRows } from '../src/issues/fresh-rows.ts'

const issue = (id: string, count = '1'): IssueJson => ({
  id,
  shortId: `SHOP-${id}`,
  title: 'Error',
  culprit: '',
  level: 'error',
  severity: 'medium',
  status: 'unresolved',
  statusDetails: {},
  substatus: 'ongoing',
  assignedTo: null,
  priority: 'medium',
  priorityScore: 40,
  priorityLocked: false,
  numComments: 0,
  type: 'error',
  metadata: {},
  count,
  userCount: 0,
  firstSeen: '2026-11-01T00:00:00Z',
  lastSeen: '2026-11-01T00:00:00Z',
  firstRelease: null,
  lastRelease: null,
  project: { id: '1', slug: 'shop', name: 'Shop', platform: 'javascript' },
  permalink: '',
})

const ids = (issues: IssueJson[]) => issues.map(({ id }) => id)

test('figures change in place while rows stay where they are', () => {
  const { rows, isReordered } = freshenRows([issue('1'), issue('2')], [issue('2', '9'), issue('1', '5')])
  expect(rows.map(({ id, count }) => [id, count])).toEqual([
    ['1', '5'],
    ['2', '9'],
  ])
  expect(isReordered).toBe(true)
})

test('new issues are counted, not put in', () => {
  const { rows, arrivals, isReordered } = freshenRows([issue('1'), issue('2')], [issue('3'), issue('1'), issue('2')])
  expect(ids(rows)).toEqual(['1', '2'])
  expect(arrivals).toBe(1)
  expect(isReordered).toBe(false)
})

test('issues beyond the fresh page stay shown', () => {
  const { rows, arrivals, isReordered } = freshenRows([issue('1'), issue('2'), issue('3')], [issue('1')])
  expect(ids(rows)).toEqual(['1', '2', '3'])
  expect(arrivals).toBe(0)
  expect(isReordered).toBe(false)
})

import type { IssueJson } from '@foghorn/server'
import { expect, test } from 'vitest'
import { afterChange, outcomeOf } from '../src/issues/change-issues.ts'
import { sparkSpan } from '../src/issues/issues-query.ts'
import { readIssueSearch } from '../src/issues/search.ts'

const issue = { id: '1', status: 'unresolved', substatus: 'ongoing', priority: 'low', assignedTo: null } as IssueJson
const ada = { type: 'user', id: '7', name: 'Ada' } as const

test('a row shows what was done with its issue, and nothing else', () => {
  expect(afterChange(issue, { change: { status: 'resolved' } })).toEqual({
    ...issue,
    status: 'resolved',
    substatus: null,
  })
  expect(afterChange(issue, { change: { status: 'ignored', statusDetails: { ignoreDuration: 5 } } })).toMatchObject({
    substatus: 'archived_until_condition_met',
  })
  expect(afterChange(issue, { change: { assignedTo: 'user:7' }, assignee: ada })).toEqual({ ...issue, assignedTo: ada })
  expect(
    afterChange({ ...issue, assignedTo: ada }, { change: { assignedTo: '' }, assignee: null }).assignedTo,
  ).toBeNull()
  expect(outcomeOf({ change: { status: 'in_progress' } })).toBe('now in progress')
  expect(outcomeOf({ change: { assignedTo: '' }, assignee: null })).toBe('now assigned to nobody')
})

test('the trend of a row covers what the list is about', () => {
  expect([undefined, '1h', '24h', '2d', '1w', '14d', '30d', '90d'].map(sparkSpan)).toEqual([
    '14d',
    '24h',
    '24h',
    '14d',
    '14d',
    '14d',
    '30d',
    '30d',
  ])
})

test('an address tells environment and period, and what makes no sense in it is left out', () => {
  expect(readIssueSearch({ environment: 'production', statsPeriod: '7d' })).toEqual({
    environment: 'production',
    statsPeriod: '7d',
  })
  expect(readIssueSearch({ environment: '', statsPeriod: 'soon', sort: 'x' })).toEqual({})
})

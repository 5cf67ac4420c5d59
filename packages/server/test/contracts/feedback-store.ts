import { beforeEach, describe, expect, test } from 'vitest'
import { readEvent } from '@foghorn/protocol'
import type { GroupedEvent } from '../../src/event.ts'
import type { EventStore } from '../../src/ports/events.ts'
import type { FeedbackStore, NewAttachment, NewFeedback } from '../../src/ports/feedback.ts'
import type { OutcomeStore } from '../../src/ports/outcomes.ts'
import { newEventId, NOON } from '../harness.ts'

export interface FeedbackStoresUnderTest {
  feedback: FeedbackStore
  events: EventStore
  outcomes: OutcomeStore
  projectId: number
}

/** What every adapter of the feedback store must do. */
export const feedbackStoreContract = (adapter: string, open: () => Promise<FeedbackStoresUnderTest>): void => {
  let stores: FeedbackStoresUnderTest
  beforeEach(async () => {
    stores = await open()
  })

  const told = (fields: Partial<NewFeedback> = {}): NewFeedback => ({
    kind: 'feedback',
    projectId: stores.projectId,
    feedbackId: newEventId(),
    eventId: null,
    name: 'Ada',
    email: 'ada@example.com',
    message: 'The ferry is gone',
    url: 'https://ferry.test/timetable',
    source: 'widget',
    release: 'ferry@1',
    environment: 'production',
    happenedAt: NOON,
    receivedAt: NOON,
    ...fields,
  })

  const file = (eventId: string, fields: Partial<NewAttachment> = {}): NewAttachment => ({
    kind: 'attachment',
    projectId: stores.projectId,
    eventId,
    attachmentId: newEventId(),
    name: 'screenshot.jpg',
    contentType: 'image/jpeg',
    bytes: new Uint8Array([0xff, 0, 10]),
    receivedAt: NOON,
    ...fields,
  })

  const happen = async (eventId: string): Promise<number> => {
    const event = {
      projectId: stores.projectId,
      eventId,
      happenedAt: NOON,
      receivedAt: NOON,
      kind: 'error',
      times: 1,
      payload: { ...readEvent({})!, level: 'error', environment: 'production' },
      stacks: [],
      usedMaps: [],
      grouping: { version: 1, keys: [{ variant: 'message', hash: 'm', parts: ['m'] }], ignored: [] },
      headline: { title: 'm', culprit: '', metadata: {} },
    } as unknown as GroupedEvent
    const [result] = await stores.events.store({ events: [stores.events.pack(event)] })
    return result?.status === 'stored' ? result.issue.id : -1
  }

  const list = async (query: { status?: 'unresolved' | 'resolved' | 'ignored'; issueId?: number } = {}) =>
    (await stores.feedback.list({ projectIds: [stores.projectId], limit: 100, ...query })).feedback

  const outcomes = async () =>
    (await stores.outcomes.list(stores.projectId)).map(
      ({ category, outcome, quantity }) => `${category} ${outcome} ${quantity}`,
    )

  describe(`${adapter}: feedback`, () => {
    test('is given back whole, unresolved, and found by its number', async () => {
      const { kind: _, ...entry } = told()
      await stores.feedback.store([{ kind: 'feedback', ...entry }])
      const [one] = await list()
      expect(one).toEqual({
        ...entry,
        id: one!.id,
        status: 'unresolved',
        projectSlug: 'shop',
        issueId: null,
        attachments: [],
      })
      expect(await stores.feedback.find(one!.id)).toEqual(one)
      expect(await stores.feedback.find(one!.id + 1)).toBeUndefined()
    })

    test('told again in the same words is a duplicate; in other words, the later ones count', async () => {
      const first = told()
      await stores.feedback.store([first, first])
      await stores.feedback.store([{ ...first, message: 'The ferry is back' }])
      expect((await list()).map(({ message }) => message)).toEqual(['The ferry is back'])
      expect((await outcomes()).sort()).toEqual(['feedback accepted 2', 'feedback duplicate 1'])
    })

    test('leads to the issue of its event, also when that comes later', async () => {
      const eventId = newEventId()
      await stores.feedback.store([told({ eventId }), told()])
      const issueId = await happen(eventId)
      expect((await list({ issueId })).map((one) => [one.eventId, one.issueId])).toEqual([[eventId, issueId]])
    })

    test('is listed newest first, page by page, each once, by state and project', async () => {
      await stores.feedback.store(['a', 'b', 'c', 'd', 'e'].map((message) => told({ message })))
      const seen: string[] = []
      let cursor: string | undefined
      do {
        const query = { projectIds: [stores.projectId], limit: 2, ...(cursor === undefined ? {} : { cursor }) }
        const page = await stores.feedback.list(query)
        seen.push(...page.feedback.map(({ message }) => message))
        cursor = page.next
      } while (cursor !== undefined)
      expect(seen).toEqual(['e', 'd', 'c', 'b', 'a'])
      const [newest] = await list()
      await stores.feedback.setStatus(newest!.id, 'resolved')
      expect((await list({ status: 'resolved' })).map(({ message }) => message)).toEqual(['e'])
      expect(await list({ status: 'unresolved' })).toHaveLength(4)
      for (const projectIds of [[], [stores.projectId + 1]])
        expect(await stores.feedback.list({ projectIds, limit: 9 })).toEqual({ feedback: [] })
    })
  })

  describe(`${adapter}: files`, () => {
    test('come with feedback or an event, byte by byte, and only under the ID that they came with', async () => {
      const feedback = told()
      const { feedbackId, projectId } = feedback
      await stores.feedback.store([feedback, file(feedbackId)])
      const [summary] = (await list())[0]!.attachments
      expect(summary).toMatchObject({ name: 'screenshot.jpg', contentType: 'image/jpeg', size: 3, eventId: feedbackId })
      expect(await stores.feedback.attachments(projectId, feedbackId)).toEqual([summary])
      const found = await stores.feedback.attachment(projectId, feedbackId, summary!.id)
      expect([...found!.bytes]).toEqual([0xff, 0, 10])
      expect(await stores.feedback.attachment(projectId, newEventId(), summary!.id)).toBeUndefined()
      expect(await stores.feedback.attachment(projectId + 1, feedbackId, summary!.id)).toBeUndefined()
    })

    test('are kept once each, and at most ten of one event', async () => {
      const eventId = newEventId()
      const one = file(eventId)
      await stores.feedback.store([one, one, ...Array.from({ length: 11 }, () => file(eventId))])
      expect(await stores.feedback.attachments(stores.projectId, eventId)).toHaveLength(10)
      const counted = (await outcomes()).sort()
      expect(counted).toEqual(['attachment accepted 10', 'attachment duplicate 1', 'attachment limited 2'])
    })
  })

  test(`${adapter}: what comes together is stored whole or not at all`, async () => {
    const bad = { ...told(), message: null as unknown as string }
    await expect(stores.feedback.store([told(), bad])).rejects.toThrow()
    expect([await list(), await outcomes()]).toEqual([[], []])
  })
}

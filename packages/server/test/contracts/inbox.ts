import { describe, expect, test } from 'vitest'
import type { DeadLetters } from '../../src/ports/dead-letters.ts'
import type { AcceptedRequest, Inbox, InboxReader } from '../../src/ports/inbox.ts'
import { NOON } from '../harness.ts'

export interface InboxUnderTest {
  inbox: Inbox
  reader: InboxReader
  /** What another reader sees, opened after everything so far. */
  reopen: () => InboxReader
  commits: () => number
  deadLetters: () => DeadLetters
}

const request = (name: string): AcceptedRequest => ({
  projectId: 7,
  receivedAt: NOON,
  remoteAddress: '203.0.113.9',
  userAgent: 'agent',
  body: new TextEncoder().encode(name),
})

const namesOf = (items: readonly { body: Uint8Array }[]): string[] =>
  items.map(({ body }) => new TextDecoder().decode(body))

/** What every inbox must do. */
export const inboxContract = (adapter: string, open: () => Promise<InboxUnderTest>): void => {
  describe(adapter, () => {
    test('hands out what was added, in order, as it was, and keeps it until it is removed', async () => {
      const { inbox, reader, reopen } = await open()
      await Promise.all(['a', 'b', 'c'].map((name) => inbox.add(request(name))))
      const items = reader.claim(2, NOON)
      expect(items.map(({ id, ...rest }) => ({ ...rest, isNumbered: id > 0, body: [...rest.body] }))).toEqual(
        ['a', 'b'].map((name) => ({ ...request(name), body: [...request(name).body], attempts: 1, isNumbered: true })),
      )
      reader.remove([items[0]!.id])
      const other = reopen()
      expect(namesOf(other.claim(10, NOON))).toEqual(['b'])
      other.close()
    })

    test('commits what arrives together at once, and tells that something is there', async () => {
      const { inbox, commits } = await open()
      await Promise.all(Array.from({ length: 100 }, (_, index) => inbox.add(request(String(index)))))
      expect(commits()).toBe(1)
    })

    test('gives an item that was attempted before alone', async () => {
      const { inbox, reader } = await open()
      for (const name of ['a', 'b', 'c']) await inbox.add(request(name))
      reader.claim(1, NOON)
      expect(namesOf(reader.claim(10, NOON))).toEqual(['a'])
      reader.remove([reader.claim(10, NOON)[0]!.id])
      expect(namesOf(reader.claim(10, NOON))).toEqual(['b', 'c'])
    })

    test('leaves a postponed item alone until its time', async () => {
      const { inbox, reader } = await open()
      await inbox.add(request('a'))
      const [item] = reader.claim(10, NOON)
      reader.postpone(item!.id, NOON + 1000)
      expect(reader.claim(10, NOON + 999)).toEqual([])
      expect(reader.claim(10, NOON + 1000)).toMatchObject([{ attempts: 2 }])
    })

    test('forgets a buried item, and never gives its ID to another', async () => {
      const { inbox, reader } = await open()
      await inbox.add(request('a'))
      const [item] = reader.claim(10, NOON)
      reader.bury(item!.id, 'unreadable')
      await inbox.add(request('b'))
      const [next] = reader.claim(10, NOON)
      expect(namesOf([next!])).toEqual(['b'])
      expect(next!.id).toBeGreaterThan(item!.id)
    })

    test('has everything on disk when it is closed', async () => {
      const { inbox, reopen } = await open()
      const added = inbox.add(request('last'))
      await inbox.close()
      await added
      expect(namesOf(reopen().claim(10, NOON))).toEqual(['last'])
    })

    test('keeps a part that is set aside although the item goes on, and tells how much waits', async () => {
      const { inbox, reader, deadLetters } = await open()
      await Promise.all(['a', 'b'].map((name) => inbox.add(request(name))))
      expect(inbox.load().items).toBe(2)
      expect(inbox.load().bytes).toBeGreaterThan(0)
      const [item] = reader.claim(1, NOON)
      reader.buryPart(item!.id, new TextEncoder().encode('part'), 'unreadable')
      reader.remove([item!.id])
      const letters = deadLetters()
      const [letter] = letters.list(7, 10)
      expect(letter).toMatchObject({ projectId: 7, receivedAt: NOON, reason: 'unreadable', size: 4 })
      expect(letters.body(8, letter!.id)).toBeUndefined()
      expect(letters.replay(8, letter!.id)).toBe(false)
      expect(letters.replay(7, letter!.id)).toBe(true)
      expect(namesOf(reader.claim(10, NOON))).toEqual(['b', 'part'])
      letters.close()
    })

    test('keeps the last thousand dead letters', async () => {
      const { inbox, reader, deadLetters } = await open()
      await inbox.add(request('a'))
      const [item] = reader.claim(1, NOON)
      for (let number = 1; number <= 1003; number += 1)
        reader.buryPart(item!.id, new TextEncoder().encode(String(number)), `reason ${number}`)
      const letters = deadLetters()
      const kept = letters.list(7, 2000)
      expect([kept.length, kept[0]!.reason, kept.at(-1)!.reason]).toEqual([1000, 'reason 1003', 'reason 4'])
      letters.close()
    })
  })
}

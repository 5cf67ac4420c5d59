import { describe, expect, test } from 'vitest'
import type { DeadLetters } from '../../src/ports/dead-letters.ts'
import type { AcceptedRequest, Inbox, InboxItem, InboxReader } from '../../src/ports/inbox.ts'
import { NOON } from '../harness.ts'

export interface InboxUnderTest {
  inbox: Inbox
  reader: InboxReader
  /** What another reader sees, opened after everything so far, as if the first one had died. */
  reopen: () => Promise<InboxReader>
  /** How often it was said that something is there. */
  tellings: () => number
  deadLetters: () => Promise<DeadLetters>
}

const request = (name: string): AcceptedRequest => ({
  projectId: 7,
  receivedAt: NOON,
  remoteAddress: '203.0.113.9',
  userAgent: 'agent \u{1f680}\n',
  body: new TextEncoder().encode(name),
})

const namesOf = (items: readonly { body: Uint8Array }[]): string[] =>
  items.map(({ body }) => new TextDecoder().decode(body))

/** Claims until something is due. */
const claimSome = async (reader: InboxReader, limit: number, now = NOON): Promise<InboxItem[]> => {
  let items: InboxItem[] = []
  await expect.poll(async () => (items = await reader.claim(limit, now)).length).toBeGreaterThan(0)
  return items
}

/** What every inbox must do. */
export const inboxContract = (adapter: string, open: () => Promise<InboxUnderTest>): void => {
  describe(adapter, () => {
    test('hands out what was added, in order, as it was', async () => {
      const { inbox, reader } = await open()
      for (const name of ['a', 'b', 'c']) await inbox.add(request(name))
      const items = await claimSome(reader, 2)
      expect(items.map(({ id, ...rest }) => ({ ...rest, isNumbered: id > 0, body: [...rest.body] }))).toEqual(
        ['a', 'b'].map((name) => ({ ...request(name), body: [...request(name).body], attempts: 1, isNumbered: true })),
      )
    })

    test('keeps an item until it is removed, and hands it out again when its reader died', async () => {
      const { inbox, reader, reopen } = await open()
      for (const name of ['a', 'b', 'c']) await inbox.add(request(name))
      const items = await claimSome(reader, 2)
      await reader.remove([items[0]!.id])
      const other = await reopen()
      const came = new Map<string, number[]>()
      const takeSome = async (): Promise<number> => {
        const claimed = await other.claim(10, NOON)
        for (const item of claimed) came.set(namesOf([item])[0]!, [item.id, item.attempts, claimed.length])
        await other.remove(claimed.map(({ id }) => id))
        return came.size
      }
      await expect.poll(takeSome).toBe(2)
      expect([came.get('b'), came.get('c')]).toEqual([
        [items[1]!.id, 2, 1],
        [expect.any(Number), 1, 1],
      ])
      await other.close()
    })

    test('tells that something is there once it can be claimed', async () => {
      const { inbox, reader, tellings } = await open()
      await Promise.all(Array.from({ length: 100 }, (_, index) => inbox.add(request(String(index)))))
      expect(tellings()).toBeGreaterThan(0)
      const names: string[] = []
      while (names.length < 100) {
        const items = await claimSome(reader, 100)
        names.push(...namesOf(items))
        await reader.remove(items.map(({ id }) => id))
      }
      expect([names.length, new Set(names).size]).toEqual([100, 100])
      expect(await reader.claim(100, NOON)).toHaveLength(0)
    })

    test('gives an item that was attempted before alone', async () => {
      const { inbox, reader } = await open()
      for (const name of ['a', 'b', 'c']) await inbox.add(request(name))
      await reader.claim(1, NOON)
      const [again] = await claimSome(reader, 10)
      expect([namesOf([again!]), again!.attempts]).toEqual([['a'], 2])
      await reader.remove([again!.id])
      expect(namesOf(await claimSome(reader, 10))).toEqual(['b', 'c'])
    })

    test('leaves a postponed item alone until its time', async () => {
      const { inbox, reader } = await open()
      await inbox.add(request('a'))
      const [item] = await claimSome(reader, 10)
      await reader.postpone(item!.id, NOON + 1000)
      expect(await reader.claim(10, NOON + 10)).toEqual([])
      expect(await claimSome(reader, 10, NOON + 1000)).toMatchObject([{ id: item!.id, attempts: 2 }])
    })

    test('forgets a buried item, and never gives its ID to another', async () => {
      const { inbox, reader } = await open()
      await inbox.add(request('a'))
      const [item] = await claimSome(reader, 10)
      await reader.bury(item!.id, 'unreadable')
      await inbox.add(request('b'))
      const [next] = await claimSome(reader, 10)
      expect(namesOf([next!])).toEqual(['b'])
      expect(next!.id).toBeGreaterThan(item!.id)
    })

    test('has everything when it is closed', async () => {
      const { inbox, reopen } = await open()
      const added = inbox.add(request('last'))
      await inbox.close()
      await added
      const other = await reopen()
      expect(namesOf(await claimSome(other, 10))).toEqual(['last'])
      await other.close()
    })

    test('has a large body too when it is closed, and buries it as it came', async () => {
      const { inbox, reopen, deadLetters } = await open()
      const large = 'ada@example.com '.repeat(200_000)
      const added = inbox.add(request(large))
      await inbox.close()
      await added
      const other = await reopen()
      const [item] = await claimSome(other, 10)
      expect(namesOf([item!])[0] === large).toBe(true)
      await other.bury(item!.id, 'unreadable')
      const letters = await deadLetters()
      const [letter] = await letters.list(7, 10)
      expect(letter!.size).toBe(large.length)
      expect(await letters.forget(7, { email: 'ada@example.com' })).toBe(1)
      await letters.close()
      await other.close()
    })

    test('keeps a part that is set aside although the item goes on, and tells how much waits', async () => {
      const { inbox, reader, deadLetters } = await open()
      await Promise.all(['a', 'a'].map((name) => inbox.add(request(name))))
      const load = await inbox.load()
      expect([load.items, load.bytes > 0]).toEqual([2, true])
      const [item, ...others] = await claimSome(reader, 1)
      expect(others).toEqual([])
      await reader.buryPart(item!.id, new TextEncoder().encode('part'), 'un\nreadable \u{1f680}')
      await reader.remove([item!.id])
      const letters = await deadLetters()
      const [letter] = await letters.list(7, 10)
      expect(letter).toMatchObject({ projectId: 7, receivedAt: NOON, reason: 'un\nreadable \u{1f680}', size: 4 })
      expect(await letters.body(8, letter!.id)).toBeUndefined()
      expect(namesOf([{ body: (await letters.body(7, letter!.id))! }])).toEqual(['part'])
      expect([await letters.replay(8, letter!.id), await letters.remove(8, letter!.id)]).toEqual([false, false])
      expect([await letters.replay(7, letter!.id), await letters.replay(7, letter!.id)]).toEqual([true, false])
      expect([await letters.count(), await letters.list(7, 10)]).toEqual([0, []])
      const [first, second] = await claimSome(reader, 10)
      expect(namesOf([first!, second!])).toEqual(['a', 'part'])
      expect(second).toMatchObject({ projectId: 7, receivedAt: NOON, attempts: 1 })
      await letters.close()
    })

    test('tells when what waits came, the oldest first', async () => {
      const { inbox, reader } = await open()
      expect([await inbox.arrivalOf(1), (await inbox.load()).oldest]).toEqual([undefined, undefined])
      for (const after of [1, 2, 3]) await inbox.add({ ...request('a'), receivedAt: NOON + after })
      expect(await Promise.all([1, 3, 4].map(inbox.arrivalOf))).toEqual([NOON + 1, NOON + 3, undefined])
      expect((await inbox.load()).oldest).toEqual(expect.any(Number))
      const [first] = await claimSome(reader, 1)
      await reader.remove([first!.id])
      expect(await Promise.all([1, 2, 3].map(inbox.arrivalOf))).toEqual([NOON + 2, NOON + 3, undefined])
    })

    test('tells which dead letters are new, and gives no number twice', async () => {
      const { inbox, reader, deadLetters } = await open()
      await inbox.add(request('a'))
      const [item] = await claimSome(reader, 1)
      const letters = await deadLetters()
      const before = await letters.after(Number.MAX_SAFE_INTEGER)
      expect(before).toEqual({ newest: 0, letters: [] })
      for (const text of ['one', 'two']) await reader.buryPart(item!.id, new TextEncoder().encode(text), 'unreadable')
      const {
        newest,
        letters: [one, two],
      } = await letters.after(before.newest)
      expect([one?.projectId, two?.projectId, newest]).toEqual([7, 7, two!.id])
      expect((await letters.after(one!.id)).letters).toEqual([two])
      await letters.remove(7, two!.id)
      expect(await letters.after(one!.id)).toEqual({ newest: two!.id, letters: [] })
      await letters.close()
    })

    test('forgets the dead letters that name a person', async () => {
      const { inbox, reader, deadLetters } = await open()
      await inbox.add(request('a'))
      const [item] = await claimSome(reader, 1)
      for (const text of ['{"email":"Ann@Example.com"}', '{"id":"42"}', '{"id":"421"}'])
        await reader.buryPart(item!.id, new TextEncoder().encode(text), 'unreadable')
      const letters = await deadLetters()
      expect(await letters.forget(8, { email: 'ann@example.com' })).toBe(0)
      expect(await letters.forget(7, { email: 'ann@example.com', id: '42' })).toBe(2)
      const [left, ...others] = await letters.list(7, 10)
      expect([left?.size, others]).toEqual([12, []])
      expect(await letters.remove(7, left!.id)).toBe(true)
      expect(await letters.count()).toBe(0)
      await letters.close()
    })

    test('keeps the last thousand dead letters', async () => {
      const { inbox, reader, deadLetters } = await open()
      await inbox.add(request('a'))
      const [item] = await claimSome(reader, 1)
      for (let number = 1; number <= 1003; number += 1)
        await reader.buryPart(item!.id, new TextEncoder().encode(String(number)), `reason ${number}`)
      const letters = await deadLetters()
      const kept = await letters.list(7, 2000)
      expect([kept.length, kept[0]!.reason, kept.at(-1)!.reason]).toEqual([1000, 'reason 1003', 'reason 4'])
      expect(await letters.list(7, 3)).toHaveLength(3)
      await letters.close()
    })
  })
}

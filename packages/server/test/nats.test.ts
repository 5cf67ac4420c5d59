import { spawnSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { LIMITS } from '@foghorn/protocol'
import { readConfig } from '../src/config.ts'
import { examine } from '../src/doctor/doctor.ts'
import { connectNats, type NatsSettings } from '../src/adapters/nats/connect.ts'
import { natsDeadLetters } from '../src/adapters/nats/dead-letters.ts'
import { natsInbox } from '../src/adapters/nats/inbox.ts'
import { natsInboxReader } from '../src/adapters/nats/inbox-reader.ts'
import { packOrigin } from '../src/adapters/nats/message.ts'
import { publish } from '../src/adapters/nats/publish.ts'
import { inboxSubject } from '../src/adapters/nats/streams.ts'
import { moveWaiting } from '../src/choose-inbox.ts'
import type { AcceptedRequest, Inbox, InboxItem, InboxReader } from '../src/ports/inbox.ts'
import { openStores } from '../src/stores.ts'
import { inboxContract } from './contracts/inbox.ts'
import { envelope, errorEvent, NOON, startService } from './harness.ts'
import {
  freePort,
  natsIsMissing,
  settingsFor,
  startNatsCluster,
  startNatsServer,
  startProxy,
  type NatsServer,
  type ServerWish,
} from './nats-server.ts'
import { storeEnvironment, storeOptions } from './main-store.ts'

const ACK_WAIT_MS = 3000

const request = (name: string): AcceptedRequest => ({
  projectId: 7,
  receivedAt: NOON,
  remoteAddress: '203.0.113.9',
  userAgent: 'agent',
  body: new TextEncoder().encode(name),
})

const start = async (wish: ServerWish): Promise<NatsServer> => {
  const server = await startNatsServer(wish)
  onTestFinished(() => server.close())
  return server
}

const openInbox = async (settings: NatsSettings): Promise<Inbox> => {
  const inbox = await natsInbox(settings, () => undefined)
  onTestFinished(() => inbox.close())
  return inbox
}

const openReader = async (settings: NatsSettings): Promise<InboxReader> => {
  const reader = await natsInboxReader(settings, { ackWaitMs: ACK_WAIT_MS })
  onTestFinished(() => reader.close())
  return reader
}

/** Claims and removes until so many different items have come; gives their texts in order. A server may be away meanwhile. */
const takeAll = async (reader: InboxReader, count: number): Promise<string[]> => {
  const taken = new Map<number, string>()
  const takeSome = async (): Promise<number> => {
    const items = await reader.claim(100, NOON)
    for (const { id, body } of items) taken.set(id, new TextDecoder().decode(body))
    await reader.remove(items.map(({ id }) => id))
    return taken.size
  }
  await expect.poll(() => takeSome().catch(() => taken.size)).toBeGreaterThanOrEqual(count)
  return [...taken.values()]
}

describe.skipIf(natsIsMissing)(`NATS${natsIsMissing ? ` (skipped: ${natsIsMissing})` : ''}`, () => {
  let server: NatsServer
  beforeAll(async () => {
    server = await startNatsServer()
  })
  afterAll(() => server.close())

  let places = 0
  const place = (): NatsSettings => settingsFor([server.port], { name: `place-${(places += 1)}` })

  inboxContract('the NATS inbox', async () => {
    const settings = place()
    let tellings = 0
    const inbox = await natsInbox(settings, () => (tellings += 1))
    onTestFinished(() => inbox.close())
    const proxy = await startProxy(server.port)
    onTestFinished(() => proxy.cut())
    return {
      inbox,
      reader: await openReader(settingsFor([proxy.port], { name: settings.name })),
      reopen: () => {
        // A dead one says nothing any more; closing it would give back what it has.
        proxy.cut()
        return natsInboxReader(settings, { ackWaitMs: ACK_WAIT_MS })
      },
      tellings: () => tellings,
      deadLetters: () => natsDeadLetters(settings, () => undefined),
    }
  })

  test('a publication that is tried again is there once', async () => {
    const settings = place()
    const inbox = await openInbox(settings)
    const nats = await connectNats(settings)
    onTestFinished(() => nats.connection.close())
    const body = new Uint8Array(3)
    const again = { subject: inboxSubject(settings), body, headers: packOrigin(nats, request('')), id: 'one' }
    await publish(nats, again)
    await publish(nats, again)
    expect((await inbox.load()).items).toBe(1)
  })

  test('the largest request that the door lets in has room, and a claim has bounds', async () => {
    const settings = place()
    const inbox = await openInbox(settings)
    const reader = await openReader(settings)
    for (let count = 0; count < 4; count += 1)
      await inbox.add({ ...request(''), userAgent: 'a'.repeat(LIMITS.urlChars), body: new Uint8Array(LIMITS.body) })
    let first: InboxItem[] = []
    const claimFirst = async () => (first = await reader.claim(100, NOON).catch(() => [])).length
    await expect.poll(claimFirst).toBeGreaterThan(0)
    expect(first[0]!.body).toHaveLength(LIMITS.body)
    expect(first.length * LIMITS.body).toBeLessThanOrEqual(32 * 1024 * 1024)
    await reader.remove(first.map(({ id }) => id))
    expect(await takeAll(reader, 4 - first.length)).toHaveLength(4 - first.length)
  })

  test('an item that is worked at for long is not handed out again', async () => {
    const settings = place()
    const inbox = await openInbox(settings)
    await inbox.add(request('a'))
    const reader = await openReader(settings)
    const [item] = await reader.claim(1, NOON)
    const nats = await connectNats(settings)
    onTestFinished(() => nats.connection.close())
    const began = performance.now()
    const redelivered = async () =>
      (await nats.manager.consumers.info(`${settings.name}-inbox`, 'digest')).num_redelivered
    while (performance.now() - began < 2 * ACK_WAIT_MS) expect(await redelivered()).toBe(0)
    await reader.remove([item!.id])
    expect((await inbox.load()).items).toBe(0)
  })

  test('a server that is killed and comes back has what it acknowledged, and is found again', async () => {
    const own = await start({})
    const settings = settingsFor([own.port])
    const inbox = await openInbox(settings)
    const reader = await openReader(settings)
    for (const name of ['a', 'b', 'c']) await inbox.add(request(name))
    const [item] = await reader.claim(1, NOON)
    await own.kill()
    await expect(reader.remove([item!.id])).rejects.toThrow()
    await own.start()
    await expect
      .poll(() =>
        inbox.add(request('d')).then(
          () => true,
          () => false,
        ),
      )
      .toBe(true)
    expect(new Set(await takeAll(reader, 4))).toEqual(new Set(['a', 'b', 'c', 'd']))
    await expect.poll(async () => (await inbox.load()).items).toBe(0)
  })

  test('several workers share what there is: each item is with one of them', async () => {
    const settings = place()
    const inbox = await openInbox(settings)
    const names = Array.from({ length: 300 }, (_, index) => String(index))
    await Promise.all(names.map((name) => inbox.add(request(name))))
    const readers = [await openReader(settings), await openReader(settings), await openReader(settings)]
    const taken: string[] = []
    const takeSome = async (reader: InboxReader): Promise<void> => {
      const items = await reader.claim(20, NOON)
      taken.push(...items.map(({ body }) => new TextDecoder().decode(body)))
      await reader.remove(items.map(({ id }) => id))
    }
    while (taken.length < names.length) await Promise.all(readers.map(takeSome))
    expect(taken.toSorted()).toEqual(names.toSorted())
    expect((await inbox.load()).items).toBe(0)
  })

  test('an item that kills workers is known by that, and takes no others along', async () => {
    const settings = place()
    const inbox = await openInbox(settings)
    for (const name of ['killer', 'a', 'b']) await inbox.add(request(name))
    const attempts = new Map<string, number[]>()
    /** Works until it has the killer in hand, and is gone then. */
    const live = async (): Promise<void> => {
      const proxy = await startProxy(server.port)
      const near = settingsFor([proxy.port], { name: settings.name })
      const reader = await natsInboxReader(near, { ackWaitMs: 500 })
      const workUntilKilled = async (): Promise<boolean> => {
        const items = await reader.claim(100, NOON)
        for (const item of items) {
          const name = new TextDecoder().decode(item.body)
          attempts.set(name, [...(attempts.get(name) ?? []), item.attempts])
          if (name === 'killer') return true
        }
        return false
      }
      await expect.poll(workUntilKilled).toBe(true)
      proxy.cut()
      reader.close().catch(() => undefined)
    }
    for (let life = 1; life <= 6; life += 1) await live()
    expect(attempts.get('killer')).toEqual([1, 2, 3, 4, 5, 6])
    const reader = await openReader(settings)
    const others = async (): Promise<number[]> => {
      for (const item of await reader.claim(100, NOON)) {
        const name = new TextDecoder().decode(item.body)
        attempts.set(name, [...(attempts.get(name) ?? []), item.attempts])
        await reader.remove([item.id])
      }
      return ['a', 'b'].map((name) => attempts.get(name)?.at(-1) ?? 0)
    }
    await expect.poll(others).toEqual([2, 2])
  })

  test('of three servers one may die at any time: what was acknowledged is there', async () => {
    const servers = await startNatsCluster(3)
    for (const one of servers) onTestFinished(() => one.close())
    const settings = settingsFor(
      servers.map(({ port }) => port),
      { replicas: 3 },
    )
    let inbox: Inbox | undefined
    const isOpen = () => natsInbox(settings, () => undefined).then((opened) => Boolean((inbox = opened)))
    await expect.poll(() => isOpen().catch((error: Error) => error.message)).toBe(true)
    onTestFinished(() => inbox!.close())
    const nats = await connectNats(settings)
    onTestFinished(() => nats.connection.close())
    const { cluster } = await nats.manager.streams.info(`${settings.name}-inbox`)
    const acknowledged: string[] = []
    const add = (name: string) => inbox!.add(request(name)).then(() => acknowledged.push(name))
    for (let index = 0; index < 20; index += 1) await add(`before ${index}`)
    await servers[Number(cluster!.leader!.slice(1))]!.kill()
    const isAdded = (name: string) =>
      add(name).then(
        () => true,
        () => false,
      )
    for (let index = 0; index < 20; index += 1) await expect.poll(() => isAdded(`after ${index}`)).toBe(true)
    let reader: InboxReader | undefined
    const isRead = () => openReader(settings).then((opened) => Boolean((reader = opened)))
    await expect.poll(() => isRead().catch((error: Error) => error.message)).toBe(true)
    const taken = await takeAll(reader!, acknowledged.length)
    expect(taken).toEqual(expect.arrayContaining(acknowledged))
  })

  test('what waits in the data folder is taken along', async () => {
    const settings = place()
    const service = await startService()
    onTestFinished(() => service.close())
    const events = [errorEvent(), errorEvent()]
    for (const event of events) await service.post(service.envelopePath, envelope(event))
    const inbox = await openInbox(settings)
    expect(await moveWaiting(service.data, inbox)).toBe(2)
    expect(await moveWaiting(service.data, inbox)).toBe(0)
    const bodies = await takeAll(await openReader(settings), 2)
    expect(bodies.map((body, index) => body.includes(events[index]!.event_id))).toEqual([true, true])
  })

  test('the doctor looks into it, and tells that one server alone is one', async () => {
    const settings = place()
    const service = await startService()
    onTestFinished(() => service.close())
    await (await openInbox(settings)).add(request('a'))
    const env = {
      ...storeEnvironment(service.data),
      FOGHORN_QUEUE_URL: settings.servers.join(),
      FOGHORN_NATS_NAME: settings.name,
    }
    const findings = async (more = {}) =>
      (await examine(readConfig({ ...env, ...more }))).filter(({ check }) => check === 'inbox')
    expect(await findings()).toMatchObject([
      { severity: 'warning', finding: expect.stringContaining('One NATS server alone') },
    ])
    expect(await findings({ FOGHORN_QUEUE_URL: `nats://127.0.0.1:${await freePort()}` })).toMatchObject([
      { severity: 'error', finding: expect.stringContaining('Check FOGHORN_QUEUE_URL') },
    ])
  })

  test('what is kept of a person goes from there too', async () => {
    const settings = place()
    const service = await startService()
    onTestFinished(() => service.close())
    const inbox = await openInbox(settings)
    await inbox.add({ ...request('{"email":"ann@example.com"}'), projectId: service.project.id })
    const reader = await openReader(settings)
    const [item] = await reader.claim(1, NOON)
    await reader.bury(item!.id, 'unreadable')
    const stores = await openStores(service.data, { ...storeOptions(service.data), nats: settings })
    onTestFinished(() => stores.close())
    const { erased } = await stores.personalData.erase(service.project.organizationId, { email: 'ann@example.com' })
    expect(erased.deadLetters).toBe(1)
  })

  test.each<[string, ServerWish, Partial<NatsSettings>, RegExp]>([
    ['asks for a password', { more: () => 'authorization { user: u, password: p }' }, {}, /FOGHORN_NATS_USER/],
    ['has no JetStream', { jetstream: false }, {}, /Turn on JetStream/],
    ['takes small messages only', { maxPayload: '1MB' }, {}, /Set max_payload: 32MB/],
    ['is one where three are needed', {}, { replicas: 3 }, /FOGHORN_NATS_REPLICAS is 3/],
    ['is asked with a file that is not there', {}, { credentials: '/nowhere.creds' }, /FOGHORN_NATS_CREDENTIALS names/],
  ])('a server that %s is refused with what to do', async (_what, wish, more, message) => {
    const { port } = await start(wish)
    await expect(natsInbox(settingsFor([port], more), () => undefined)).rejects.toThrow(message)
  })

  test('an address where nobody listens is refused with what to do', async () => {
    const settings = settingsFor([await freePort()])
    await expect(natsInbox(settings, () => undefined)).rejects.toThrow(/Check FOGHORN_QUEUE_URL/)
  })

  test('a user with a password is let in', async () => {
    const { port } = await start({ more: () => 'authorization { user: u, password: p }' })
    const inbox = await openInbox(settingsFor([port], { user: 'u', password: 'p' }))
    await inbox.add(request('a'))
    expect((await inbox.load()).items).toBe(1)
  })

  const noOpenssl = spawnSync('openssl', ['version']).status !== 0

  test.skipIf(noOpenssl)('a server with TLS is spoken to by the certificates that were given', async () => {
    const certify = (folder: string): string => {
      const files = ['-keyout', `${folder}/key.pem`, '-out', `${folder}/cert.pem`]
      const about = ['-days', '2', '-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1']
      const made = spawnSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...files, ...about])
      expect(made.status).toBe(0)
      const tls = ['cert_file: "cert.pem"', 'key_file: "key.pem"', 'ca_file: "cert.pem"', 'verify: true']
      return `tls { ${tls.join(', ').replaceAll('"', `"${folder}/`).replaceAll(`.pem"${folder}/`, '.pem"')} }`
    }
    const { port, folder } = await start({ more: certify })
    const own = { ca: `${folder}/cert.pem`, certificate: `${folder}/cert.pem`, certificateKey: `${folder}/key.pem` }
    const inbox = await openInbox(settingsFor([port], own))
    await inbox.add(request('a'))
    expect((await inbox.load()).items).toBe(1)
    const stranger = settingsFor([port], { servers: [`tls://127.0.0.1:${port}`] })
    await expect(natsInbox(stranger, () => undefined)).rejects.toThrow(/No NATS server of tls/)
  })
})

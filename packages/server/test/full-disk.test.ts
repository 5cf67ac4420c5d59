import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { envelope, errorEvent, startService, type TestService } from './harness.ts'

const disk = mkdtempSync(join(tmpdir(), 'foghorn-disk-'))

/** A real file system of a few megabytes. Only root may mount one, and not everywhere. */
const mountSmallDisk = (): boolean => {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=12m', 'tmpfs', disk], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

const isMounted = mountSmallDisk()

let service: TestService
beforeAll(async () => {
  if (isMounted) service = await startService({ parent: disk })
})
afterAll(async () => {
  if (isMounted) {
    await service.close()
    // What SQLite has open is closed when the statements are collected.
    execFileSync('umount', ['--lazy', disk])
  }
  rmSync(disk, { recursive: true, force: true })
})

const acknowledged: string[] = []

/** Sends events until the door says no, which is the answer. */
const sendUntilRefused = async (): Promise<Response> => {
  for (;;) {
    const event = errorEvent({ extra: { log: 'x'.repeat(9000) } })
    const answer = await service.post(service.envelopePath, envelope(event))
    if (answer.status !== 200) return answer
    acknowledged.push(event.event_id)
  }
}

/** Fills what is left of the disk; gives back how to empty it. */
const fillDisk = (): (() => void) => {
  const ballast = join(disk, 'ballast')
  try {
    for (;;) writeFileSync(ballast, Buffer.alloc(4096), { flag: 'a' })
  } catch (error) {
    expect(error).toMatchObject({ code: 'ENOSPC' })
  }
  return () => rmSync(ballast)
}

const reading = isMounted
  ? 'a disk without a free byte'
  : 'a disk without a free byte (skipped: no file system can be mounted here)'

test.skipIf(!isMounted)(`${reading} costs no event that was acknowledged, and later ones come in again`, async () => {
  for (let count = 0; count < 20; count += 1) {
    const event = errorEvent()
    expect((await service.post(service.envelopePath, envelope(event))).status).toBe(200)
    acknowledged.push(event.event_id)
  }
  const emptyDisk = fillDisk()
  const refused = await sendUntilRefused()
  expect(refused.status).toBe(503)
  expect(await refused.json()).toEqual({ detail: expect.stringMatching(/could not be written|disk/i) })
  await expect(service.digest()).rejects.toThrow(/full/)

  emptyDisk()
  const after = errorEvent()
  expect((await service.post(service.envelopePath, envelope(after))).status).toBe(200)
  acknowledged.push(after.event_id)
  // What failed on the full disk is tried again later, each time longer.
  for (let retry = 0; retry < 6; retry += 1) {
    service.clock.now += 600_000
    await service.digest()
  }
  for (const id of acknowledged)
    expect((await service.read(`/api/0/projects/acme/shop/events/${id}/`)).status).toBe(200)
  const counted = await service.stores.outcomes.list(service.project.id)
  expect(counted.filter(({ outcome }) => outcome === 'accepted').map(({ quantity }) => quantity)).toEqual([
    acknowledged.length,
  ])
})

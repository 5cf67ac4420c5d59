import { createHash } from 'node:crypto'
import type { ResolvedFrame } from '@foghorn/symbolicate'
import type { Transaction } from 'kysely'
import type { EventDigest } from '../../stored-event.ts'
import type { MainDatabase } from './main-database.ts'
import type { SeenFrames } from './known-frames.ts'
import { slices } from './slices.ts'
import type { Tables } from './tables.ts'

/** A digest as it is stored: frames by their IDs, because the same ones come again and again with all their lines of code. */
type Written = Omit<EventDigest, 'stacks' | 'componentStack'> & { stacks: number[][]; componentStack?: number[] }

interface Body {
  hash: string
  text: string
}

// The same frame comes with many events of one run: its text and hash are made once.
const bodies = new WeakMap<ResolvedFrame, Body>()

const bodyOf = (frame: ResolvedFrame): Body => {
  const known = bodies.get(frame)
  if (known) return known
  const text = JSON.stringify(frame)
  const body = { text, hash: createHash('sha256').update(text).digest('base64url').slice(0, 27) }
  bodies.set(frame, body)
  return body
}

const framesOf = (events: readonly EventDigest[]): ResolvedFrame[] =>
  [...new Set(events.flatMap(({ stacks, componentStack = [] }) => [...stacks, componentStack]))].flat()

const findIds = async (
  db: MainDatabase,
  projectId: number,
  hashes: readonly string[],
): Promise<{ id: number; hash: string }[]> => {
  const found: { id: number; hash: string }[] = []
  for (const slice of slices(hashes))
    found.push(
      ...(await db
        .selectFrom('frame')
        .select(['id', 'hash'])
        .where('project_id', '=', projectId)
        .where('hash', 'in', slice)
        .execute()),
    )
  return found
}

/** Notes on frames that events show them on this day, counted from 1970. */
export const noteShown = async (db: Transaction<Tables>, ids: Iterable<number>, day: number): Promise<void> => {
  for (const slice of slices([...ids]))
    await db.updateTable('frame').set({ used_on: day }).where('id', 'in', slice).where('used_on', '<', day).execute()
}

/** Frames of one project, on a day; what is known of them, if anything is. */
interface Showing {
  projectId: number
  day: number | undefined
  seen: SeenFrames | undefined
}

const insertFrames = (
  db: Transaction<Tables>,
  { projectId, day }: Showing,
  bodies: readonly (readonly [string, string])[],
) =>
  db
    .insertInto('frame')
    .values(
      bodies.map(([hash, body]) => ({ project_id: projectId, hash, body, ...(day !== undefined && { used_on: day }) })),
    )
    .returning(['id', 'hash'])
    .execute()

/** The IDs of frames by their hashes, as the database has them on this day; those that the project does not have yet are stored. */
const storeFrames = async (
  db: Transaction<Tables>,
  showing: Showing,
  texts: ReadonlyMap<string, string>,
): Promise<Map<string, number>> => {
  const ids = new Map((await findIds(db, showing.projectId, [...texts.keys()])).map(({ id, hash }) => [hash, id]))
  if (showing.day !== undefined) await noteShown(db, ids.values(), showing.day)
  for (const slice of slices([...texts].filter(([hash]) => !ids.has(hash))))
    for (const { id, hash } of await insertFrames(db, showing, slice)) ids.set(hash, id)
  return ids
}

/** The IDs of frames by their hashes, from what is known and from the database. */
const ensureFrames = async (
  db: Transaction<Tables>,
  showing: Showing,
  frames: readonly ResolvedFrame[],
): Promise<Map<string, number>> => {
  const { projectId, seen } = showing
  const [ids, unknown] = [new Map<string, number>(), new Map<string, string>()]
  for (const { hash, text } of frames.map(bodyOf)) {
    const id = seen?.find(projectId, hash)
    if (id === undefined) unknown.set(hash, text)
    else ids.set(hash, id)
  }
  for (const [hash, id] of await storeFrames(db, showing, unknown)) {
    ids.set(hash, id)
    seen?.learn(projectId, hash, id)
  }
  return ids
}

type Stack = readonly ResolvedFrame[]

/** Writes digests with these IDs of frames; the events of a fault share their stacks. */
const createWrite = (ids: ReadonlyMap<string, number>): ((digest: EventDigest) => string) => {
  const known = new Map<Stack, number[]>()
  const written = (stack: Stack): number[] => {
    const found = known.get(stack) ?? stack.map((frame) => ids.get(bodyOf(frame).hash)!)
    known.set(stack, found)
    return found
  }
  return ({ stacks, componentStack, grouping, headline }) =>
    JSON.stringify({
      stacks: stacks.map(written),
      ...(componentStack && { componentStack: written(componentStack) }),
      grouping,
      headline,
    } satisfies Written)
}

const DAY_MS = 24 * 3_600_000

/** Counted from 1970. */
export const dayOf = (time: number): number => Math.floor(time / DAY_MS)

/**
 * Stores the frames of events of any projects and gives their digests as text, in the order of the events. Without a day
 * the frames do not bear one: migrations run before there was a column for it.
 */
export const writeDigests = async (
  db: Transaction<Tables>,
  events: readonly (EventDigest & { projectId: number })[],
  { day, seen }: { day?: number; seen?: SeenFrames } = {},
): Promise<string[]> => {
  const writeOf = new Map<number, ReturnType<typeof createWrite>>()
  for (const projectId of new Set(events.map((event) => event.projectId))) {
    const frames = framesOf(events.filter((event) => event.projectId === projectId))
    writeOf.set(projectId, createWrite(await ensureFrames(db, { projectId, day, seen }, frames)))
  }
  return events.map((event) => writeOf.get(event.projectId)!(event))
}

const idsOf = ({ stacks, componentStack = [] }: Written): number[] => [...stacks.flat(), ...componentStack]

/** The frames that an event shows. */
export const frameIdsOf = (text: string): number[] => idsOf(JSON.parse(text))

/** Digests from their text, in the same order. */
export const readDigests = async (db: MainDatabase, texts: readonly string[]): Promise<EventDigest[]> => {
  const written = texts.map((text): Written => JSON.parse(text))
  const wanted = new Set(written.flatMap(idsOf))
  const frames = new Map<number, ResolvedFrame>()
  for (const slice of slices([...wanted])) {
    const rows = await db.selectFrom('frame').select(['id', 'body']).where('id', 'in', slice).execute()
    for (const { id, body } of rows) frames.set(id, JSON.parse(body))
  }
  const read = (ids: readonly number[]): ResolvedFrame[] => ids.map((id) => frames.get(id)!)
  return written.map(({ stacks, componentStack, ...rest }) => ({
    ...rest,
    stacks: stacks.map(read),
    ...(componentStack && { componentStack: read(componentStack) }),
  }))
}

/** Title and place of an event without reading its frames. */
export const headlineOf = (text: string): EventDigest['headline'] => (JSON.parse(text) as Written).headline

import type { ChannelStore } from '../ports/channels.ts'
import type { Outbox, WaitingNotification } from '../ports/outbox.ts'
import type { Deliver } from './deliver.ts'
import type { AlertMessage, Notice } from './message.ts'
import type { Outcome } from './outcome.ts'

export interface SendDeps {
  outbox: Outbox
  channels: Pick<ChannelStore, 'target'>
  deliver: Deliver
  /** The commit that is suspected of an issue, in one line. */
  suspectCommitOf: (issueId: number) => Promise<string | null>
  publicUrl: () => string
  now: () => number
}

// A turn on a channel that answers slowly must end some time.
const PER_TURN = 25
const COLLECTED_AT_MOST = 50

const NO_KEY: Outcome = {
  status: 'failed',
  answer: 'What is secret of this channel cannot be read with the key that the service has now. Enter it again.',
}

/** One that is told alone, or all that may be told together. */
const firstNotice = (waiting: readonly WaitingNotification[]): WaitingNotification[] =>
  waiting[0]!.isCollected ? waiting.filter(({ isCollected }) => isCollected) : waiting.slice(0, 1)

const messageOf = async (
  { message }: WaitingNotification,
  { publicUrl, suspectCommitOf }: SendDeps,
): Promise<AlertMessage> => {
  const { org, issue, ...rest } = message
  const home = `${publicUrl()}/organizations/${org}`
  if (!issue) return { ...rest, link: `${home}/projects/${rest.project.slug}/alerts`, issue }
  const { id, ...known } = issue
  const link = `${home}/issues/${id}`
  return { ...rest, link, issue: { ...known, suspectCommit: await suspectCommitOf(id), link } }
}

const noticeOf = async (together: readonly WaitingNotification[], deps: SendDeps): Promise<Notice> => {
  const [first, ...others] = await Promise.all(together.map((one) => messageOf(one, deps)))
  return { key: together[0]!.key, messages: [first!, ...others] }
}

/** Tells what is due on one channel, the oldest first, until something fails or the service ends. */
const sendOn = async (channelId: number, deps: SendDeps, isStopped: () => boolean): Promise<void> => {
  const { outbox, channels, deliver, now } = deps
  const target = await channels.target(channelId)
  for (let sent = 0; sent < PER_TURN && !isStopped(); sent += 1) {
    const waiting = await outbox.due(channelId, now(), COLLECTED_AT_MOST)
    if (waiting.length === 0) return
    const together = firstNotice(waiting)
    const outcome = target ? await deliver(channelId, target, await noticeOf(together, deps)) : NO_KEY
    await outbox.note(
      channelId,
      together.map(({ id }) => id),
      outcome,
    )
    if (outcome.status === 'failed') return
  }
}

export interface Sender {
  /** Tells what is due everywhere; resolves when nothing more is under way that this call began. */
  send(): Promise<void>
  /** Begins nothing more. */
  stop(): void
}

/** Channels are told side by side, each in its own order: one that does not answer holds up no other. */
export const createSender = (deps: SendDeps): Sender => {
  const busy = new Set<number>()
  let isStopped = false
  const turn = async (channelId: number): Promise<void> => {
    busy.add(channelId)
    try {
      await sendOn(channelId, deps, () => isStopped)
    } finally {
      busy.delete(channelId)
    }
  }
  return {
    send: async () => {
      const ready = (await deps.outbox.ready(deps.now())).filter((id) => !busy.has(id))
      await Promise.all(ready.map(turn))
    },
    stop: () => void (isStopped = true),
  }
}

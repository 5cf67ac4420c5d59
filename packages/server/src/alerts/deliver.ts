import type { Extensions } from '../extensions/extensions.ts'
import type { Mailer } from '../ports/mailer.ts'
import { postGuarded, type Post, type PostRule } from '../outbound/post-guarded.ts'
import { discordPost } from './channels/discord.ts'
import { emailOf } from './channels/email.ts'
import { mattermostPost } from './channels/mattermost.ts'
import { opsgeniePost } from './channels/opsgenie.ts'
import { pagerdutyPost } from './channels/pagerduty.ts'
import { slackPost } from './channels/slack.ts'
import { teamsPost } from './channels/teams.ts'
import { telegramPost } from './channels/telegram.ts'
import { webhookPost } from './channels/webhook.ts'
import type { Notice } from './message.ts'
import { outcomeOf, type Outcome } from './outcome.ts'
import type { Target } from './target.ts'

export interface DeliverDeps {
  /** Absent where the operator has named no mail server. */
  mailer?: Mailer | undefined
  unsubscribeUrl: (channelId: number, address: string) => string
  publicUrl: () => string
  /** What the operator has added. */
  extensions: Pick<Extensions, 'notify'>
  reaches: PostRule['reaches']
  now: () => number
  /** How long an answer may take. Default: 10 seconds. */
  timeoutMs?: number
}

export type Deliver = (channelId: number, target: Target, notice: Notice) => Promise<Outcome>

const TIMEOUT_MS = 10_000

const postOf = (notice: Notice, target: Exclude<Target, { kind: 'email' | 'extension' }>, now: number): Post => {
  if (target.kind === 'webhook') return webhookPost(notice, target, now)
  if (target.kind === 'slack') return slackPost(notice, target)
  if (target.kind === 'teams') return teamsPost(notice, target)
  if (target.kind === 'discord') return discordPost(notice, target)
  if (target.kind === 'mattermost') return mattermostPost(notice, target)
  if (target.kind === 'telegram') return telegramPost(notice, target)
  return target.kind === 'pagerduty' ? pagerdutyPost(notice, target) : opsgeniePost(notice, target)
}

const NO_MAILER: Outcome = {
  status: 'failed',
  answer: 'The service has no mail server. Set FOGHORN_SMTP_URL and FOGHORN_MAIL_FROM.',
}

/** Every address gets a mail of its own: nobody sees who else is told, and everybody can end it for themselves. */
const deliverMail = async (
  channelId: number,
  { to, notice }: { to: readonly string[]; notice: Notice },
  { mailer, unsubscribeUrl, publicUrl }: DeliverDeps,
): Promise<Outcome> => {
  if (!mailer) return NO_MAILER
  const host = new URL(publicUrl()).hostname
  const refusals: string[] = []
  for (const address of to) {
    const mail = emailOf(notice, { to: address, unsubscribeUrl: unsubscribeUrl(channelId, address), host })
    const mailed = await mailer.send(mail)
    if (!mailed.ok && !mailed.isFinal) return { status: 'failed', answer: mailed.reason }
    if (!mailed.ok) refusals.push(`${address}: ${mailed.reason}`)
  }
  const answer = refusals.join('; ')
  return refusals.length === to.length ? { status: 'refused', answer } : { status: 'sent', answer: answer || 'sent' }
}

/** Tells one notice on one channel, once. Whatever goes wrong is an outcome. */
export const createDeliver =
  (deps: DeliverDeps): Deliver =>
  async (channelId, target, notice) => {
    if (target.kind === 'email') return deliverMail(channelId, { to: target.to, notice }, deps)
    if (target.kind === 'extension') return deps.extensions.notify(target.notifier, target.settings, notice)
    const post = postOf(notice, target, deps.now())
    return outcomeOf(
      await postGuarded(post, { reaches: deps.reaches, timeoutMs: deps.timeoutMs ?? TIMEOUT_MS }),
      deps.now(),
    )
  }

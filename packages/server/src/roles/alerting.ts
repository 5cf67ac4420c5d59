import { smtpMailer } from '../adapters/smtp/mailer.ts'
import { createDeliver } from '../alerts/deliver.ts'
import { keepLooking } from '../alerts/keep-looking.ts'
import { keepSending } from '../alerts/keep-sending.ts'
import type { LookDeps } from '../alerts/look.ts'
import { createSender } from '../alerts/send.ts'
import { suspectCommitOf } from '../alerts/suspect-commit.ts'
import type { Config } from '../config.ts'
import type { Extensions } from '../extensions/extensions.ts'
import { reachesListed } from '../outbound/listed-networks.ts'
import { unsubscribeUrl } from '../pages/unsubscribe.ts'
import type { Stores } from '../stores.ts'
import { createTicketing } from '../tickets/ticketing.ts'

export interface AlertingDeps {
  stores: Stores
  extensions: Extensions
  publicUrl: () => string
}

interface Watched extends Pick<LookDeps, 'inbox' | 'deadLetters'> {
  onFailure: (error: unknown) => void
}

/** How people are told, and how tickets are kept elsewhere; nothing is sent before it is started. */
export const createAlerting = (config: Config, { stores, publicUrl, extensions }: AlertingDeps) => {
  const { smtpUrl, mailFrom } = config
  const mailer = smtpUrl === undefined ? undefined : smtpMailer({ url: smtpUrl, from: mailFrom! })
  const shared = {
    ...stores,
    extensions,
    suspectCommitOf: (issueId: number) => suspectCommitOf(issueId, stores),
    reaches: reachesListed(config.alertNetworks),
    publicUrl,
    now: Date.now,
  }
  const deliver = createDeliver({ ...shared, mailer, unsubscribeUrl: unsubscribeUrl(stores.vault, publicUrl) })
  const ticketing = createTicketing(shared)
  const start = ({ onFailure, ...watched }: Watched) => {
    const stopLooking = keepLooking({ ...stores, ...watched, now: Date.now }, onFailure)
    const stop = keepSending(createSender({ ...shared, deliver }), onFailure)
    const stopTicketing = ticketing.start(onFailure)
    return async (): Promise<void> => void (await Promise.all([stopLooking(), stop(), stopTicketing()]))
  }
  return { deliver, openSystem: ticketing.openSystem, start, close: () => mailer?.close() }
}

export type Alerting = ReturnType<typeof createAlerting>

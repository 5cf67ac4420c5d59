import { createTransport } from 'nodemailer'
import type { Mailer } from '../../ports/mailer.ts'

const TIMEOUT_MS = 20_000

// RFC 5321, 4.2.1: 5xx is final, everything else may pass.
const isFinal = (error: { responseCode?: number }): boolean => (error.responseCode ?? 0) >= 500

/** Sends mail by the operator's server; `url` like smtps://user:password@mail.example.com. */
export const smtpMailer = ({ url, from }: { url: string; from: string }): Mailer => {
  const transport = createTransport(
    { url, pool: true, maxConnections: 2, connectionTimeout: TIMEOUT_MS, socketTimeout: TIMEOUT_MS },
    // Nothing of a mail is ever read from files or other servers.
    { from, disableFileAccess: true, disableUrlAccess: true },
  )
  return {
    send: async ({ to, subject, messageId, inReplyTo, text, html, headers }) => {
      try {
        const sent = await transport.sendMail({
          to,
          subject,
          messageId,
          inReplyTo,
          references: inReplyTo,
          text,
          html,
          headers: { ...headers },
        })
        return { ok: true, answer: sent.response }
      } catch (error) {
        return { ok: false, reason: (error as Error).message, isFinal: isFinal(error as { responseCode?: number }) }
      }
    },
    close: () => transport.close(),
  }
}

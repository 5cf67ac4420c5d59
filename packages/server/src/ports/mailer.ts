export interface Mail {
  to: string
  subject: string
  /** Tells receivers that a mail which comes twice is one. */
  messageId: string
  inReplyTo: string
  text: string
  html: string
  headers: Readonly<Record<string, string>>
}

export type Mailed = { ok: true; answer: string } | { ok: false; reason: string; isFinal: boolean }

export interface Mailer {
  send(mail: Mail): Promise<Mailed>
  close(): void
}

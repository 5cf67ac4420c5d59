import * as v from 'valibot'

const text = (limit: number) => v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(limit))

const Address = v.pipe(
  v.string(),
  v.check((url) => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol), 'must be an https:// address'),
  v.check((url) => !URL.canParse(url) || new URL(url).username === '', 'must not hold a user name or password'),
  v.maxLength(2000),
)

const Email = v.pipe(
  v.string(),
  v.trim(),
  v.regex(/^[^\s@<>,;:"]{1,64}@[a-z\d.-]{1,190}$/i, 'must be an e-mail address'),
)

const hook = <Kind extends string>(kind: Kind) => v.object({ kind: v.literal(kind), url: Address })

/** Where a channel leads, with its secrets. */
export const Target = v.variant(
  'kind',
  [
    v.object({ kind: v.literal('email'), to: v.pipe(v.array(Email), v.minLength(1), v.maxLength(50)) }),
    /** The secret signs what is sent; without one the service makes it, and shows it once. */
    v.object({
      kind: v.literal('webhook'),
      url: Address,
      secret: v.optional(
        v.pipe(
          v.string(),
          v.regex(/^whsec_[A-Za-z\d+/]{32,88}={0,2}$/, 'must be like whsec_ and base64 of 24 to 64 bytes'),
        ),
      ),
    }),
    hook('slack'),
    hook('teams'),
    hook('discord'),
    hook('mattermost'),
    v.object({
      kind: v.literal('telegram'),
      chatId: text(100),
      token: v.pipe(v.string(), v.regex(/^\d{1,20}:[\w-]{20,100}$/, 'must be the token of a bot, like 123:ABC…')),
      /** A Bot API server of one's own. */
      apiUrl: v.optional(Address, 'https://api.telegram.org'),
    }),
    v.object({
      kind: v.literal('pagerduty'),
      routingKey: v.pipe(
        v.string(),
        v.regex(/^[a-z\d]{32}$/i, 'must be the 32 characters of an Events API v2 integration'),
      ),
      apiUrl: v.optional(Address, 'https://events.pagerduty.com'),
    }),
    v.object({
      kind: v.literal('opsgenie'),
      apiKey: text(100),
      /** https://api.eu.opsgenie.com for accounts of the EU. */
      apiUrl: v.optional(Address, 'https://api.opsgenie.com'),
    }),
    /** Of an extension that the operator has loaded. */
    v.object({
      kind: v.literal('extension'),
      /** Its name and that of the notifier: `acme/pager`. */
      notifier: text(101),
      settings: v.optional(v.record(text(100), v.union([text(2000), v.number(), v.boolean()])), {}),
    }),
  ],
  'kind must be email, webhook, slack, teams, discord, mattermost, telegram, pagerduty, opsgenie or extension',
)

export type Target = v.InferOutput<typeof Target>
export type TargetKind = Target['kind']
export type TargetOf<Kind extends TargetKind> = Extract<Target, { kind: Kind }>

/** What may be shown of it. */
export const summaryOf = (target: Target): string => {
  if (target.kind === 'email') return target.to.join(', ')
  if (target.kind === 'telegram') return `chat ${target.chatId}`
  if (target.kind === 'extension') return target.notifier
  return new URL('url' in target ? target.url : target.apiUrl).host
}

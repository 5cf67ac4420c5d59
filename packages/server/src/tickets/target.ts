import * as v from 'valibot'

const text = (limit: number) => v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(limit))

/** Of the beginning of an API, such as `https://gitlab.example.com`. */
const Address = v.pipe(
  v.string(),
  v.trim(),
  v.check((url) => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol), 'must be an https:// address'),
  v.check((url) => !URL.canParse(url) || new URL(url).username === '', 'must not hold a user name or password'),
  v.check((url) => !/[?#]/.test(url), 'must not have a query'),
  v.maxLength(500),
)

// What goes into a header must be no more than one line of ASCII.
const Token = v.pipe(v.string(), v.trim(), v.regex(/^[\x21-\x7E]{1,4000}$/, 'must be one word of ASCII'))

const Repository = v.pipe(
  v.string(),
  v.trim(),
  v.regex(/^[\w.-]{1,100}\/[\w.-]{1,100}$/, 'must be like owner/repository'),
  v.check((path) => !path.split('/').some((part) => /^\.{1,2}$/.test(part)), 'must be like owner/repository'),
)

const ProjectKey = v.pipe(v.string(), v.trim(), v.regex(/^[A-Z][A-Z\d_]{1,50}$/, 'must be a project key like SHOP'))

/** Proves that a request comes from the system. Without one the service makes it, and shows it once. */
const hookSecret = v.optional(v.pipe(v.string(), v.trim(), v.minLength(16), v.maxLength(200)))

const jira = { url: Address, project: ProjectKey, issueType: v.optional(text(100), 'Bug'), hookSecret }

/** Where tickets are kept, with the secrets. */
export const TicketTarget = v.variant(
  'kind',
  [
    v.object({
      kind: v.literal('github'),
      repository: Repository,
      token: Token,
      /** `https://github.example.com/api/v3` for a server of one's own. */
      apiUrl: v.optional(Address, 'https://api.github.com'),
      hookSecret,
    }),
    v.object({
      kind: v.literal('gitlab'),
      /** Its path with all groups, or its number. */
      project: v.pipe(v.string(), v.trim(), v.regex(/^[\w./-]{1,300}$/, 'must be like group/project')),
      token: Token,
      url: v.optional(Address, 'https://gitlab.com'),
      hookSecret,
    }),
    v.object({
      kind: v.literal('jira'),
      ...jira,
      email: v.pipe(v.string(), v.trim(), v.regex(/^[^\s:]{1,200}$/, 'must be an e-mail address')),
      token: Token,
    }),
    v.object({ kind: v.literal('jira-server'), ...jira, token: Token }),
    v.object({
      kind: v.literal('linear'),
      /** What keys of the team's tickets begin with. */
      team: v.pipe(v.string(), v.trim(), v.regex(/^[A-Z\d]{1,20}$/, 'must be the key of a team, like ENG')),
      token: Token,
      apiUrl: v.optional(Address, 'https://api.linear.app/graphql'),
      /** Linear makes it, with the webhook. */
      hookSecret,
    }),
    /** Of an extension that the operator has loaded. */
    v.object({
      kind: v.literal('extension'),
      /** Its name and that of the ticket system: `acme/board`. */
      system: text(101),
      settings: v.optional(v.record(text(100), v.union([text(2000), v.number(), v.boolean()])), {}),
    }),
    v.object({
      kind: v.literal('webhook'),
      url: v.pipe(
        v.string(),
        v.trim(),
        v.check((url) => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol), 'must be an https:// address'),
        v.maxLength(2000),
      ),
      /** Signs in both directions, as Standard Webhooks says. */
      hookSecret: v.optional(
        v.pipe(
          v.string(),
          v.regex(/^whsec_[A-Za-z\d+/]{32,88}={0,2}$/, 'must be like whsec_ and base64 of 24 to 64 bytes'),
        ),
      ),
    }),
  ],
  'kind must be github, gitlab, jira, jira-server, linear, webhook or extension',
)

export type TicketTarget = v.InferOutput<typeof TicketTarget>
export type TicketKind = TicketTarget['kind']
export type TicketTargetOf<Kind extends TicketKind> = Extract<TicketTarget, { kind: Kind }>

/** What may be shown of it. */
export const summaryOf = (target: TicketTarget): string => {
  if (target.kind === 'github') return target.repository
  if (target.kind === 'linear') return `team ${target.team}`
  if (target.kind === 'webhook') return new URL(target.url).host
  if (target.kind === 'extension') return target.system
  return `${target.project} at ${new URL(target.url).host}`
}

import * as v from 'valibot'
import { toMarkdown } from '../formats/markdown.ts'
import { plainTitle } from '../formats/title.ts'
import { createRemote, mapped, WebAddress, type Remote, type RemoteDeps } from '../remote.ts'
import { hmacHex, isSame } from '../signature.ts'
import type { TicketTargetOf } from '../target.ts'
import type { Answer, Hook, RemoteTicket, TicketSystem } from '../ticket-system.ts'

// REST 2022-11-28 (docs.github.com/rest/issues, checked 2026-11).
const VERSION = '2022-11-28'
const PER_PAGE = 50
const PAGES = 20
// Replicas may answer with what was a moment ago.
const FINDS_AFTER_MS = 10_000
// Clocks differ.
const SLACK_MS = 600_000

const Issue = v.object({
  number: v.number(),
  html_url: WebAddress,
  title: v.string(),
  state: v.picklist(['open', 'closed']),
  body: v.nullish(v.string()),
})
const Event = v.object({
  issue: v.object({ number: v.number() }),
  repository: v.object({ full_name: v.string() }),
})

const ticketOf = (issue: v.InferOutput<typeof Issue>, version?: string): RemoteTicket => ({
  key: String(issue.number),
  url: issue.html_url,
  title: issue.title,
  isClosed: issue.state === 'closed',
  ...(version !== undefined && { version }),
})

const isMissing = (status: number): boolean => status === 404 || status === 410

const find = async (
  remote: Remote,
  path: string,
  { marker, since }: { marker: string; since: number },
): Promise<Answer<RemoteTicket | undefined>> => {
  const query = `state=all&sort=created&direction=desc&per_page=${PER_PAGE}&since=${new Date(since - SLACK_MS).toISOString()}`
  // The list is asked, not the search: that learns of new issues some time later.
  for (let page = 1; page <= PAGES; page += 1) {
    const issues = await remote.read({ path: `${path}?${query}&page=${page}` }, v.array(Issue))
    if (issues.status !== 'done') return issues
    const found = issues.value.find(({ body }) => body?.includes(marker))
    if (found || issues.value.length < PER_PAGE) return { status: 'done', value: found && ticketOf(found) }
  }
  return { status: 'refused', answer: 'Too many issues were made since to tell whether this one was among them.' }
}

const hear = ({ headers, body }: Hook, { hookSecret, repository }: TicketTargetOf<'github'>) => {
  const signature = headers['x-hub-signature-256']
  if (hookSecret === undefined || signature === undefined) return undefined
  if (!isSame(signature, `sha256=${hmacHex(hookSecret, body)}`)) return undefined
  const event = v.safeParse(v.pipe(v.string(), v.parseJson(), Event), body.toString())
  const isOurs = event.success && event.output.repository.full_name.toLowerCase() === repository.toLowerCase()
  return isOurs ? [String(event.output.issue.number)] : []
}

const keyOf = (reference: string, repository: string): string | undefined => {
  const short = /^#?(\d{1,12})$/.exec(reference.trim())
  const long = /^(?:https?:\/\/[^/]+\/)?([\w.-]+\/[\w.-]+)(?:#|\/issues\/)(\d{1,12})(?:[/?#].*)?$/.exec(
    reference.trim(),
  )
  return short?.[1] ?? (long?.[1]?.toLowerCase() === repository.toLowerCase() ? long[2] : undefined)
}

/** Issues of a GitHub repository. */
export const githubSystem = (target: TicketTargetOf<'github'>, deps: RemoteDeps): TicketSystem => {
  const { repository, token, apiUrl } = target
  const headers = {
    accept: 'application/vnd.github+json',
    authorization: `Bearer ${token}`,
    'x-github-api-version': VERSION,
  }
  const remote = createRemote({ base: apiUrl, headers }, deps)
  const path = `/repos/${repository}/issues`
  return {
    findsAfterMs: FINDS_AFTER_MS,
    check: async () => {
      const Repo = v.object({ full_name: v.string(), has_issues: v.boolean() })
      const found = await remote.read({ path: `/repos/${repository}` }, Repo)
      if (found.status === 'done' && !found.value.has_issues)
        return { status: 'refused', answer: `Issues are turned off in ${found.value.full_name}.` }
      return mapped(found, ({ full_name: name }) => `Reads the issues of ${name}.`)
    },
    keyOf: (reference) => keyOf(reference, repository),
    find: (marker, since) => find(remote, path, { marker, since }),
    create: async ({ marker, title, body }) => {
      const issue = { title: plainTitle(title), body: toMarkdown(body, marker) }
      return mapped(await remote.read({ method: 'POST', path, body: issue }, Issue), (made) => ticketOf(made))
    },
    read: async (key, version) => {
      const conditional = version === undefined ? {} : { 'if-none-match': version }
      const asked = await remote.ask({ path: `${path}/${key}`, headers: conditional })
      if (asked.ok && asked.status === 304) return { status: 'done', value: 'unchanged' }
      if (asked.ok && isMissing(asked.status)) return { status: 'done', value: undefined }
      const etag = asked.ok ? asked.headers['etag'] : undefined
      return mapped(remote.parse(asked, Issue), (issue) => ticketOf(issue, etag?.toString()))
    },
    comment: (key, { body }) =>
      remote.send({ method: 'POST', path: `${path}/${key}/comments`, body: { body: toMarkdown(body) } }),
    setClosed: (key, isClosed) => {
      const body = isClosed ? { state: 'closed', state_reason: 'completed' } : { state: 'open' }
      return remote.send({ method: 'PATCH', path: `${path}/${key}`, body })
    },
    hear: (hook) => hear(hook, target),
  }
}

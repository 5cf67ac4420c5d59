import * as v from 'valibot'
import { toMarkdown } from '../formats/markdown.ts'
import { plainTitle } from '../formats/title.ts'
import { createRemote, mapped, WebAddress, type RemoteDeps } from '../remote.ts'
import { isSame } from '../signature.ts'
import type { TicketTargetOf } from '../target.ts'
import type { Hook, RemoteTicket, TicketSystem } from '../ticket-system.ts'

const Issue = v.object({
  iid: v.number(),
  web_url: WebAddress,
  title: v.string(),
  state: v.picklist(['opened', 'closed']),
})
const Event = v.object({
  object_kind: v.literal('issue'),
  project: v.object({ id: v.number(), path_with_namespace: v.string() }),
  object_attributes: v.object({ iid: v.number() }),
})

const ticketOf = (issue: v.InferOutput<typeof Issue>, version?: string): RemoteTicket => ({
  key: String(issue.iid),
  url: issue.web_url,
  title: issue.title,
  isClosed: issue.state === 'closed',
  ...(version !== undefined && { version }),
})

const isSameProject = (project: string, one: { id: number; path_with_namespace: string }): boolean =>
  project === String(one.id) || project.toLowerCase() === one.path_with_namespace.toLowerCase()

const hear = ({ headers, body }: Hook, { hookSecret, project }: TicketTargetOf<'gitlab'>) => {
  const token = headers['x-gitlab-token']
  if (hookSecret === undefined || token === undefined || !isSame(token, hookSecret)) return undefined
  const event = v.safeParse(v.pipe(v.string(), v.parseJson(), Event), body.toString())
  if (!event.success || !isSameProject(project, event.output.project)) return []
  return [String(event.output.object_attributes.iid)]
}

const keyOf = (reference: string, { project, url }: TicketTargetOf<'gitlab'>): string | undefined => {
  const short = /^#?(\d{1,12})$/.exec(reference.trim())
  if (short) return short[1]
  const long = /^(?:(https?:\/\/.+?)\/)?([\w./-]+?)(?:#|\/(?:-\/)?(?:issues|work_items)\/)(\d{1,12})(?:[/?#].*)?$/.exec(
    reference.trim(),
  )
  if (!long) return undefined
  const place = `${long[1] === undefined ? '' : `${long[1]}/`}${long[2]}`.toLowerCase()
  const ours = [project, `${url.replace(/\/+$/, '')}/${project}`].map((one) => one.toLowerCase())
  return ours.includes(place) ? long[3] : undefined
}

/** Issues of a GitLab project (REST v4, docs.gitlab.com/api/issues, checked 2026-11). */
export const gitlabSystem = (target: TicketTargetOf<'gitlab'>, deps: RemoteDeps): TicketSystem => {
  const { project, token, url } = target
  const remote = createRemote({ base: url, headers: { 'private-token': token } }, deps)
  const path = `/api/v4/projects/${encodeURIComponent(project)}`
  const issues = `${path}/issues`
  return {
    // The database itself is searched.
    findsAfterMs: 0,
    check: async () => {
      const Project = v.object({ path_with_namespace: v.string() })
      return mapped(
        await remote.read({ path }, Project),
        ({ path_with_namespace: name }) => `Reads the issues of ${name}.`,
      )
    },
    keyOf: (reference) => keyOf(reference, target),
    find: async (marker) => {
      const query = `search=${encodeURIComponent(marker)}&in=description&scope=all&state=all&per_page=1`
      return mapped(
        await remote.read({ path: `${issues}?${query}` }, v.array(Issue)),
        ([found]) => found && ticketOf(found),
      )
    },
    create: async ({ marker, title, body }) => {
      const issue = { title: plainTitle(title), description: toMarkdown(body, marker) }
      return mapped(await remote.read({ method: 'POST', path: issues, body: issue }, Issue), (made) => ticketOf(made))
    },
    read: async (key, version) => {
      const conditional = version === undefined ? {} : { 'if-none-match': version }
      const asked = await remote.ask({ path: `${issues}/${key}`, headers: conditional })
      if (asked.ok && asked.status === 304) return { status: 'done', value: 'unchanged' }
      if (asked.ok && asked.status === 404) return { status: 'done', value: undefined }
      const etag = asked.ok ? asked.headers['etag'] : undefined
      return mapped(remote.parse(asked, Issue), (issue) => ticketOf(issue, etag?.toString()))
    },
    comment: (key, { body }) =>
      remote.send({ method: 'POST', path: `${issues}/${key}/notes`, body: { body: toMarkdown(body) } }),
    setClosed: (key, isClosed) =>
      remote.send({
        method: 'PUT',
        path: `${issues}/${key}`,
        body: { state_event: isClosed ? 'close' : 'reopen' },
      }),
    hear: (hook) => hear(hook, target),
  }
}

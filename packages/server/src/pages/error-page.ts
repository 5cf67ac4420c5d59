import { LIMITS, parseDsn, EventId } from '@foghorn/protocol'
import { Hono, type Context } from 'hono'
import { cors } from 'hono/cors'
import * as v from 'valibot'
import { takeUserReport, UserReport } from '../api/feedback.ts'
import type { Inbox } from '../ports/inbox.ts'
import type { ProjectKey, ProjectStore } from '../ports/projects.ts'
import type { Asset } from './assets.ts'
import { createReportLimit } from './report-limit.ts'

export interface ErrorPageDeps {
  projects: Pick<ProjectStore, 'findKey'>
  inbox: Pick<Inbox, 'add'>
  now: () => number
  /** The widget's published files; the dialog's is `/report-dialog.min.js`. */
  widget: ReadonlyMap<string, Asset>
}

// What pages call the texts, and what the dialog calls them.
const TEXTS: Record<string, string> = {
  title: 'title',
  subtitle: 'intro',
  labelName: 'name',
  labelEmail: 'email',
  labelComments: 'message',
  labelClose: 'cancel',
  labelSubmit: 'send',
  errorGeneric: 'failed',
  successMessage: 'sent',
}

const REPORTS_PER_EVENT = 10

const textsIn = (query: URLSearchParams): Record<string, string> => {
  const texts: Record<string, string> = {}
  for (const [theirs, ours] of Object.entries(TEXTS)) {
    const text = query.get(theirs)
    if (text) texts[ours] = text.slice(0, LIMITS.dataChars)
  }
  const more = query.get('subtitle2')
  if (more) texts['intro'] = `${texts['intro'] ?? ''} ${more.slice(0, LIMITS.dataChars)}`.trim()
  return texts
}

/** JSON that is safe to stand in a script, wherever that script is put. */
const scriptJson = (value: unknown): string => JSON.stringify(value).replaceAll('<', String.raw`\u003c`)

const dialogScript = (script: Asset, query: URLSearchParams): string => {
  const [name, email] = [query.get('name') ?? '', query.get('email') ?? '']
  const dialog = {
    lang: query.get('lang') ?? '',
    user: { name: name.slice(0, LIMITS.nameChars), email: email.slice(0, LIMITS.nameChars) },
    texts: textsIn(query),
  }
  return `${script.body.toString()}\n;FoghornReportDialog.open(${scriptJson(dialog)});\n`
}

const errorsIn = (issues: readonly v.BaseIssue<unknown>[]): Record<string, string[]> => {
  const errors: Record<string, string[]> = {}
  for (const issue of issues) (errors[v.getDotPath(issue) ?? 'detail'] ??= []).push(issue.message)
  return errors
}

type Asked = { key: ProjectKey; eventId: string } | { status: 400 | 404; detail: string }

const readQuery = async (query: URLSearchParams, projects: ErrorPageDeps['projects']): Promise<Asked> => {
  const eventId = v.safeParse(EventId, query.get('eventId'))
  if (!eventId.success) return { status: 400, detail: 'eventId must be the ID of an event: 32 hex digits.' }
  const dsn = parseDsn(query.get('dsn') ?? '')
  const key = dsn && (await projects.findKey(dsn.publicKey))
  if (!key?.active || String(key.projectId) !== dsn?.projectId)
    return { status: 404, detail: "There is no such DSN. Copy it from the project's settings." }
  return { key, eventId: eventId.output }
}

/** The dialog that a page shows after a crash: GET gives its script, POST takes what was told. The paths and names are Sentry's. */
export const errorPageRoutes = ({ projects, inbox, now, widget }: ErrorPageDeps) => {
  const takeTurn = createReportLimit(REPORTS_PER_EVENT, now)

  const take = async (c: Context, { key, eventId }: { key: ProjectKey; eventId: string }): Promise<Response> => {
    if (!takeTurn(`${key.projectId} ${eventId}`))
      return c.json({ detail: 'Too many reports about this event. Try again later.' }, 429)
    const body = await c.req.parseBody()
    const report = v.safeParse(UserReport, { ...body, event_id: eventId })
    if (!report.success) return c.json({ errors: errorsIn(report.issues) }, 400)
    await takeUserReport(inbox, { projectId: key.projectId, receivedAt: now() }, report.output)
    return c.json({})
  }

  return new Hono()
    .use(
      cors({
        origin: '*',
        allowMethods: ['GET', 'POST', 'OPTIONS'],
        allowHeaders: ['Content-Type', 'Authorization', 'X-Requested-With'],
      }),
    )
    .get('/error-page/', async (c) => {
      const query = new URL(c.req.url).searchParams
      const asked = await readQuery(query, projects)
      const script = widget.get('/report-dialog.min.js')
      if ('status' in asked || !script) return c.text(`// ${'detail' in asked ? asked.detail : 'Not built.'}`, 404)
      return c.body(dialogScript(script, query), 200, {
        'Content-Type': 'text/javascript; charset=utf-8',
        'Cache-Control': 'no-store',
      })
    })
    .post('/error-page/', async (c) => {
      const asked = await readQuery(new URL(c.req.url).searchParams, projects)
      return 'status' in asked ? c.json({ detail: asked.detail }, asked.status) : take(c, asked)
    })
}

import { Hono } from 'hono'
import type { FeedbackStore } from '../ports/feedback.ts'
import type { ApiEnv } from './api-env.ts'
import { authorize } from './authorize.ts'
import { attachmentJson, imageType } from './feedback-json.ts'
import { missing } from './find-issue.ts'

export interface AttachmentDeps {
  feedback: Pick<FeedbackStore, 'attachments' | 'attachment'>
}

// The bytes come from anybody who has the public key. Even opened by itself such a file may do nothing.
const HARMLESS = {
  'Content-Security-Policy': "default-src 'none'; sandbox",
}

const eventIdOf = (text: string): string => text.toLowerCase().replaceAll('-', '')

/** For `Content-Disposition`: what is left of a name in plain characters, and the whole of it encoded (RFC 6266). */
const disposition = (kind: 'inline' | 'attachment', name: string): string => {
  // Through bytes and back, since half a character cannot be encoded.
  const encoded = encodeURIComponent(Buffer.from(name).toString()).replaceAll("'", '%27')
  return `${kind}; filename="${name.replaceAll(/[^\w.-]/g, '_')}"; filename*=UTF-8''${encoded}`
}

/** Files that came with an event or with feedback. Only images, by their bytes, are shown; the rest is downloaded. */
export const attachmentRoutes = ({ feedback }: AttachmentDeps) =>
  new Hono<ApiEnv>()
    .get('/projects/:org/:project/events/:event/attachments/', authorize('event:read'), async (c) => {
      const found = await feedback.attachments(c.var.project.id, eventIdOf(c.req.param('event')))
      return c.json(found.map(attachmentJson))
    })
    .get('/projects/:org/:project/events/:event/attachments/:attachment/', authorize('event:read'), async (c) => {
      const { event, attachment: id } = c.req.param()
      const found = /^\d{1,15}$/.test(id)
        ? await feedback.attachment(c.var.project.id, eventIdOf(event), Number(id))
        : undefined
      if (!found) return missing('The attachment')
      if (c.req.query('download') === undefined && c.req.header('accept')?.startsWith('application/json'))
        return c.json(attachmentJson(found))
      const image = c.req.query('download') === undefined ? imageType(found) : undefined
      return c.body(new Uint8Array(found.bytes), 200, {
        ...HARMLESS,
        'Content-Type': image ?? 'application/octet-stream',
        'Content-Disposition': disposition(image ? 'inline' : 'attachment', found.name),
      })
    })

import { afterEach, beforeEach, expect, test } from 'vitest'
import type { AttachmentJson, FeedbackJson } from '../src/api/feedback-shapes.ts'
import type { IssueJson } from '../src/api/shapes.ts'
import { envelope, errorEvent, newEventId, NOON, startService, type TestService } from './harness.ts'

let service: TestService
beforeEach(async () => {
  service = await startService()
})
afterEach(() => service.close())

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYPhfDwACggF/cmVWOwAAAABJRU5ErkJggg==',
  'base64',
)

const told = (fields: Record<string, unknown>, id = newEventId()) => ({
  event_id: id,
  timestamp: NOON / 1000,
  type: 'feedback',
  release: 'shop@1',
  contexts: { feedback: { message: 'It broke', name: 'Ada', contact_email: 'ada@example.com', ...fields } },
})

interface Part {
  header: Record<string, unknown>
  payload: Uint8Array | string
}

/** An envelope of any parts, as bytes. */
const parts = (headers: Record<string, unknown>, list: Part[]): Uint8Array<ArrayBuffer> =>
  Buffer.concat([
    Buffer.from(`${JSON.stringify(headers)}\n`),
    ...list.flatMap(({ header, payload }) => {
      const bytes = Buffer.from(payload as string)
      return [Buffer.from(`${JSON.stringify({ ...header, length: bytes.length })}\n`), bytes, Buffer.from('\n')]
    }),
  ])

const take = async (body: NonNullable<RequestInit['body']>): Promise<void> => {
  expect((await service.post(service.envelopePath, body)).status).toBe(200)
  await service.digest()
}

const takeFeedback = (fields: Record<string, unknown> = {}, files: Part[] = []): Promise<void> => {
  const feedback = told(fields)
  const payload = JSON.stringify(feedback)
  return take(parts({ event_id: feedback.event_id }, [{ header: { type: 'feedback' }, payload }, ...files]))
}

const file = (filename: string, payload: Uint8Array | string, content_type = 'image/png'): Part => ({
  header: { type: 'attachment', filename, content_type },
  payload,
})

const list = async (query = ''): Promise<FeedbackJson[]> => {
  const response = await service.read(`/api/0/projects/acme/shop/user-feedback/${query}`)
  expect(response.status).toBe(200)
  return (await response.json()) as FeedbackJson[]
}

const outcomes = async () =>
  (await service.stores.outcomes.list(service.project.id)).map(
    ({ category, outcome, reason, quantity }) => `${category} ${outcome} ${reason} ${quantity}`,
  )

test('feedback is listed with the issue of the event that it is about, even when that comes later', async () => {
  const event = errorEvent()
  await takeFeedback({ associated_event_id: event.event_id, url: 'https://shop.test/cart', source: 'widget' })
  expect(await list()).toMatchObject([
    {
      comments: 'It broke',
      name: 'Ada',
      email: 'ada@example.com',
      eventID: event.event_id,
      status: 'unresolved',
      source: 'widget',
      url: 'https://shop.test/cart',
      release: 'shop@1',
      issue: null,
      dateCreated: new Date(NOON).toISOString(),
    },
  ])
  await take(envelope(event))
  const [feedback] = await list()
  const [issue] = (await (await service.read('/api/0/projects/acme/shop/issues/')).json()) as IssueJson[]
  expect(feedback!.issue).toMatchObject({ id: issue!.id, shortId: 'SHOP-1' })
  const ofIssue = await service.read(`/api/0/organizations/acme/issues/${issue!.id}/user-reports/`)
  expect(await ofIssue.json()).toMatchObject([{ id: feedback!.id }])
  expect(await outcomes()).toContain('feedback accepted  1')
})

test('secrets in what is told are masked; who tells is kept', async () => {
  await takeFeedback({ message: 'My card 4111 1111 1111 1111 fails', url: 'https://shop.test/?token=abc123secret' })
  const [feedback] = await list()
  expect(feedback!.comments).not.toContain('4111')
  expect(feedback!.url).not.toContain('abc123secret')
  expect(feedback!.email).toBe('ada@example.com')
})

test('what a project masks besides is masked in what is told, and names of files are texts', async () => {
  await service.stores.ingestSettings.change(service.project.id, {
    secretNames: ['voucher'],
  })
  await takeFeedback({ url: 'https://shop.test/?voucher=SUMMER' }, [file('password=abc123secret.png', PNG)])
  const [feedback] = await list()
  expect(feedback!.url).not.toContain('SUMMER')
  expect(feedback!.attachments[0]!.name).not.toContain('abc123secret')
})

test('the same feedback twice is one, and nothing told is nothing kept', async () => {
  const feedback = told({})
  const body = parts({ event_id: feedback.event_id }, [
    { header: { type: 'feedback' }, payload: JSON.stringify(feedback) },
  ])
  await take(body)
  await take(body)
  await takeFeedback({ message: '  ' })
  await take(parts({}, [{ header: { type: 'feedback' }, payload: '{not json' }]))
  expect(await list()).toHaveLength(1)
  expect(await outcomes()).toEqual(
    expect.arrayContaining([
      'feedback accepted  1',
      'feedback duplicate  1',
      'feedback failed no_message 1',
      'feedback failed unreadable 1',
    ]),
  )
})

test('a user report of older clients is feedback, and a second one about the same event replaces it', async () => {
  const about = newEventId()
  const report = (comments: string) =>
    parts({ event_id: about }, [
      {
        header: { type: 'user_report' },
        payload: JSON.stringify({ event_id: about, name: 'Bob', email: 'bob@example.com', comments }),
      },
    ])
  await take(report('bad'))
  await take(report('worse'))
  expect(await list()).toMatchObject([{ comments: 'worse', name: 'Bob', eventID: about, source: 'user-report' }])
})

test('the inbox has states, which those who may write change', async () => {
  await takeFeedback()
  const [{ id }] = (await list()) as [FeedbackJson]
  const change = (bearer: string) =>
    service.request(`/api/0/organizations/acme/user-feedback/${id}/`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
      body: '{"status":"resolved"}',
    })
  expect((await change(await service.createToken('acme', ['event:read']))).status).toBe(403)
  expect((await change(await service.createToken('rival'))).status).toBe(404)
  expect(await (await change(service.token)).json()).toMatchObject({ status: 'resolved' })
  expect(await list('?status=unresolved')).toEqual([])
  expect(await list('?status=resolved')).toHaveLength(1)
})

test('only the bytes decide what an attachment is served as, and it may do nothing', async () => {
  const script = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
  await takeFeedback({}, [
    file('shot.png', PNG),
    file('bildschirm "é".png', script),
    file('x.html', script, 'text/html'),
  ])
  const [feedback] = await list()
  expect(feedback!.attachments.map(({ name }) => name)).toEqual(['shot.png', 'bildschirm "é".png', 'x.html'])
  const fetchFile = ({ id }: AttachmentJson) =>
    service.read(`/api/0/projects/acme/shop/events/${feedback!.feedbackID}/attachments/${id}/`)
  const [image, ...others] = await Promise.all(feedback!.attachments.map(fetchFile))
  expect(Buffer.from(await image!.arrayBuffer()).equals(PNG)).toBe(true)
  expect(image!.headers.get('content-type')).toBe('image/png')
  for (const { headers } of others) {
    expect(headers.get('content-type')).toBe('application/octet-stream')
    expect(headers.get('content-disposition')).toMatch(/^attachment; /)
  }
  for (const { headers } of [image!, ...others]) {
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox")
  }
})

test("files of an event are the event's, and nobody else's", async () => {
  const event = errorEvent()
  const payload = JSON.stringify(event)
  await take(parts({ event_id: event.event_id }, [{ header: { type: 'event' }, payload }, file('state.json', '{}')]))
  const path = `/api/0/projects/acme/shop/events/${event.event_id}/attachments/`
  const [attachment] = (await (await service.read(path)).json()) as AttachmentJson[]
  expect(attachment).toMatchObject({ name: 'state.json', size: 2, type: 'event.attachment' })
  const other = await service.createToken('rival')
  expect((await service.read(`${path}${attachment!.id}/`, other)).status).toBe(404)
})

test('too many and ownerless files are not kept, and counted; one that is too large does not take its feedback along', async () => {
  await take(parts({}, [file('ownerless.png', PNG)]))
  await takeFeedback({}, [file('large.png', Buffer.alloc(2 * 1024 * 1024 + 1))])
  expect(await list()).toMatchObject([{ attachments: [] }])
  await takeFeedback(
    {},
    Array.from({ length: 11 }, (_, index) => file(`${index}.png`, PNG)),
  )
  expect(await outcomes()).toEqual(
    expect.arrayContaining([
      'attachment failed no_event 1',
      'attachment limited too_many 1',
      'attachment accepted  10',
    ]),
  )
})

const errorPage = (fields: Record<string, string>): string => {
  const dsn = `http://${service.publicKey}@foghorn.test/${service.project.id}`
  return `/api/embed/error-page/?dsn=${dsn}&${new URLSearchParams(fields)}`
}

const submit = (path: string, form: Record<string, string>) => service.post(path, new URLSearchParams(form))

test('the dialog after a crash is a script that any page may load; what it is told is stored', async () => {
  const eventId = newEventId()
  const path = errorPage({ eventId, name: 'Ada', title: '</script><script>alert(1)</script>' })
  const script = await service.request(path)
  expect(script.status).toBe(200)
  expect(script.headers.get('access-control-allow-origin')).toBe('*')
  expect(script.headers.get('content-type')).toContain('text/javascript')
  const text = await script.text()
  expect(text).toContain('FoghornReportDialog.open({"lang":"","user":{"name":"Ada"')
  expect(text).not.toContain('</script>')
  const answer = await submit(path, { name: 'Ada', email: 'ada@example.com', comments: 'It broke' })
  expect(answer.status).toBe(200)
  expect(answer.headers.get('access-control-allow-origin')).toBe('*')
  await service.digest()
  expect(await list()).toMatchObject([{ comments: 'It broke', eventID: eventId, email: 'ada@example.com' }])
})

test('the dialog says no to a wrong DSN, a wrong event, wrong fields and a flood', async () => {
  const eventId = newEventId()
  const path = errorPage({ eventId })
  expect((await service.request(path.replace(service.publicKey, 'f'.repeat(32)))).status).toBe(404)
  expect((await submit(path.replace(service.publicKey, 'f'.repeat(32)), {})).status).toBe(404)
  expect((await submit(errorPage({ eventId: 'nothing' }), {})).status).toBe(400)
  const refused = await submit(path, { name: 'Ada', email: 'nowhere', comments: '' })
  expect(refused.status).toBe(400)
  expect(Object.keys(((await refused.json()) as { errors: object }).errors)).toEqual(['email', 'comments'])
  const statuses: number[] = []
  for (let count = 0; count < 12; count += 1) statuses.push((await submit(path, { comments: `No ${count}` })).status)
  expect(statuses.filter((status) => status === 200)).toHaveLength(9)
  expect(statuses.at(-1)).toBe(429)
})

test('a report through the API is stored like any other', async () => {
  const eventId = newEventId()
  const body = JSON.stringify({ event_id: eventId, name: 'Ada', email: 'ada@example.com', comments: 'By script' })
  const headers = { authorization: `Bearer ${service.token}`, 'content-type': 'application/json' }
  expect((await service.post('/api/0/projects/acme/shop/user-feedback/', body, headers)).status).toBe(200)
  await service.digest()
  expect(await list()).toMatchObject([{ comments: 'By script', eventID: eventId }])
})

test('pages follow each other, newest first', async () => {
  for (let count = 1; count <= 30; count += 1) await takeFeedback({ message: `Message ${count}` })
  const first = await service.read('/api/0/organizations/acme/user-feedback/')
  expect(((await first.json()) as FeedbackJson[]).map(({ comments }) => comments)[0]).toBe('Message 30')
  const next = /<([^>]+)>; rel="next"; results="true"/.exec(first.headers.get('link')!)![1]!
  const second = (await (await service.read(next.replace('http://foghorn.test', ''))).json()) as FeedbackJson[]
  expect(second.map(({ comments }) => comments)).toEqual([
    'Message 5',
    'Message 4',
    'Message 3',
    'Message 2',
    'Message 1',
  ])
})

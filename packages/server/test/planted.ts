// Secrets where they must not be, and a walk over everything that answers.
import { errorEvent, type TestService } from './harness.ts'
import { ROUTES } from './route-table.ts'

export const MARK = 'planted0secret'

/** Secrets as they come in events, by where they stand. */
const IN_EVENTS = {
  password: `${MARK}-1`,
  cookie: `${MARK}-2`,
  authorization: `Bearer ${MARK}-3`,
  address: `${MARK}-4`,
  url: `https://shop.test/pay?access_token=${MARK}-5&page=2#id_token=${MARK}-6`,
  text: `refused: password=${MARK}-7 for postgres://shop:${MARK}-8@db.test/shop`,
  token: `ghp_${MARK.replaceAll('-', '')}${'a'.repeat(30)}`,
}

/** An event that is full of them. */
export const revealing = () =>
  errorEvent({
    message: IN_EVENTS.text,
    exception: { values: [{ type: 'PaymentError', value: IN_EVENTS.text }] },
    extra: { form: { password: IN_EVENTS.password, note: `use ${IN_EVENTS.token}` } },
    tags: { session_id: IN_EVENTS.address },
    request: {
      url: IN_EVENTS.url,
      query_string: `apiKey=${MARK}-9`,
      headers: { Cookie: IN_EVENTS.cookie, Authorization: IN_EVENTS.authorization },
      data: { card: { cvv: `${MARK}-10` }, csrf: `${MARK}-11` },
    },
    breadcrumbs: [
      { category: 'fetch', data: { url: IN_EVENTS.url, method: 'POST' } },
      { category: 'console', message: `login ${IN_EVENTS.text}` },
    ],
    contexts: { state: { userSecret: `${MARK}-12` } },
  })

const NAMES: Record<string, string> = { org: 'acme', project: 'shop', version: 'none@1', team: 'nobody', id: '1' }

interface Walk {
  /** Names that lead somewhere: an issue, an event, a channel… Others are 1. */
  ids: Record<string, string>
  headers: Record<string, string>
  body?: string
  query?: string
}

/** Every route's answer to what is asked with these headers and, where one is sent, this body. */
export const walkAll = async (
  service: TestService,
  { ids, headers, body = '{}', query = '' }: Walk,
): Promise<string[]> => {
  const addressOf = (path: string): string =>
    path.replaceAll(/:(\w+)/g, (_whole, name: string) => ({ ...NAMES, ...ids })[name] ?? '1')
  const answers: string[] = []
  // What deletes comes last.
  for (const route of Object.keys(ROUTES).toSorted(
    (a, b) => Number(b.startsWith('GET')) - Number(a.startsWith('GET')),
  )) {
    const [method, path] = route.split(' ') as [string, string]
    const init = { method, headers: { ...headers, 'content-type': 'application/json' } }
    const response = await service.request(addressOf(path) + query, method === 'GET' ? init : { ...init, body })
    const isStream = response.headers.get('content-type')?.startsWith('text/event-stream')
    if (isStream) await response.body?.cancel()
    answers.push(`${route} ${response.status} ${isStream ? '' : await response.text()}`)
  }
  return answers
}

export const revealed = (texts: readonly string[]): string[] => texts.filter((text) => text.includes(MARK))

// @ts-check
// An example of each thing that an extension may have. FOGHORN_EXTENSIONS=./extension.mjs loads it.

/** Tells a program that takes lines of text. @type {import('@foghorn/server').Notifier} */
const lines = {
  check: ({ url }) => (typeof url === 'string' && URL.canParse(url) ? undefined : 'settings.url must be an address'),
  notify: ({ key, messages }, { url }, { post }) =>
    post(String(url), {
      headers: { 'content-type': 'text/plain', 'idempotency-key': key },
      body: messages.map(({ action, title, why, link }) => `${action}: ${title} (${why}) ${link}`).join('\n'),
    }),
}

/** Keeps tickets on a board that speaks JSON. @type {import('@foghorn/server').OpenTicketSystem} */
const board = ({ url }, { ask }) => {
  const cards = `${url}/cards`
  /** @param {string} path @param {'GET' | 'POST' | 'PATCH'} method @param {object} [body] */
  const talk = async (path, method, body) => {
    const headers = { 'content-type': 'application/json' }
    const asked = await ask(path, { method, headers, ...(body && { body: JSON.stringify(body) }) })
    if (!asked.ok) return { status: /** @type {const} */ ('failed'), answer: asked.reason }
    if (asked.status === 404) return { status: /** @type {const} */ ('done'), value: undefined }
    if (asked.status >= 300) return { status: /** @type {const} */ ('failed'), answer: String(asked.status) }
    return { status: /** @type {const} */ ('done'), value: JSON.parse(asked.body) }
  }
  return {
    check: async () => {
      const answer = await talk(cards, 'GET')
      return answer.status === 'done' ? { ...answer, value: 'The board answers.' } : answer
    },
    find: (marker) => talk(`${cards}?marker=${marker}`, 'GET'),
    create: ({ marker, title, body }) => talk(cards, 'POST', { marker, title, body }),
    read: (key) => talk(`${cards}/${encodeURIComponent(key)}`, 'GET'),
    comment: (key, comment) => talk(`${cards}/${encodeURIComponent(key)}`, 'PATCH', { comment }),
    setClosed: (key, isClosed) => talk(`${cards}/${encodeURIComponent(key)}`, 'PATCH', { isClosed }),
  }
}

/** Tags events of the shop with the part of it that they come from. @type {import('@foghorn/server').Enricher} */
const area = {
  enrich: ({ request }) => {
    const path = request?.url && URL.canParse(request.url) ? new URL(request.url).pathname : ''
    const [, first] = path.split('/')
    return first ? { tags: { area: first }, contexts: { shop: { area: first, path } } } : undefined
  },
}

/** Masks numbers of customers, which the service knows nothing of. @type {import('@foghorn/server').Masker} */
const customers = { mask: (text) => text.replaceAll(/\bC-\d{6}\b/g, 'C-******') }

/** @type {import('@foghorn/server').Extension} */
export default {
  name: 'shop',
  notifiers: { lines },
  ticketSystems: { board },
  enrichers: { area },
  maskers: { customers },
}

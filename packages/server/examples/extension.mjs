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
  enrichers: { area },
  maskers: { customers },
}

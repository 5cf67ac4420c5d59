import type { Page, Request, Response } from '@playwright/test'

/** Everything that a browser was given and shows, by where it stands. */
export interface Exposure {
  /** Where one of the secrets stands in what came since it was asked last, and on the page as it is now. */
  find(secrets: readonly string[]): Promise<string[]>
}

const READ = /json|text|javascript|xml/

/** A stream goes on for as long as its page is open: its first words come with its page's data. */
const isRead = (response: Response): boolean => {
  const type = response.headers()['content-type'] ?? ''
  return READ.test(type) && !type.startsWith('text/event-stream')
}

/** What the document holds as text, attributes and typed values, and what the page has put into the browser. */
const seen = (page: Page): Promise<string[]> =>
  page.evaluate(() => [
    document.documentElement.outerHTML,
    document.title,
    location.href,
    ...[...document.querySelectorAll('input, textarea, select')].map((field) => (field as HTMLInputElement).value),
    JSON.stringify({ ...localStorage, ...sessionStorage }),
  ])

type Heard = [place: string, text: string]

const answerTo = async (request: Request): Promise<Heard> => {
  const response = await request.response()
  const body = response && isRead(response) ? await response.text().catch(() => '') : ''
  return [`${request.method()} ${request.url()}`, `${body} ${JSON.stringify(response?.headers())}`]
}

const excerpt = (text: string, secret: string): string => {
  const at = text.indexOf(secret)
  return text.slice(Math.max(0, at - 60), at + secret.length + 10)
}

/** Listens to a page's network, console and failures from now on. */
export const watchExposure = (page: Page): Exposure => {
  const heard: (Heard | Promise<Heard>)[] = []
  // What a page gives up when it is left never ends.
  page.on('requestfinished', (request) => heard.push(answerTo(request)))
  page.on('request', (request) => heard.push(['request', request.url()]))
  page.on('console', (message) => heard.push(['console', message.text()]))
  page.on('pageerror', (failure) => heard.push(['failure', `${failure.message} ${failure.stack}`]))
  return {
    find: async (secrets) => {
      const shown = (await seen(page)).map((text) => ['page', text] as const)
      const given = await Promise.all(heard.splice(0))
      return [...given, ...shown].flatMap(([place, text]) =>
        secrets.filter((secret) => text.includes(secret)).map((secret) => `${place}: ${excerpt(text, secret)}`),
      )
    },
  }
}

import { Hono } from 'hono'
import type { ChannelStore } from '../ports/channels.ts'
import type { Vault } from '../vault.ts'

export interface UnsubscribeDeps {
  channels: Pick<ChannelStore, 'unsubscribe'>
  vault: Vault
}

/** The address of a mail that takes its receiver off the channel. Only the service can have made it. */
export const unsubscribeUrl =
  (vault: Vault, publicUrl: () => string) =>
  (channelId: number, address: string): string =>
    `${publicUrl()}/unsubscribe/${vault.seal(JSON.stringify({ channelId, address }))}`

const page = (text: string, form = ''): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>Foghorn</title><p>${text}</p>${form}</html>`

const FORM = '<form method="post"><button>No more of these mails</button></form>'

/** Mail programs post at once (RFC 8058); people see a page first, because programs that check links must not end anything. */
export const unsubscribeRoutes = ({ channels, vault }: UnsubscribeDeps) => {
  const read = (sealed: string): { channelId: number; address: string } | undefined => {
    const opened = vault.open(sealed)
    return opened === undefined ? undefined : JSON.parse(opened)
  }
  const unknown = page('This address is not complete, or too old. Ask whoever runs the service.')
  return new Hono()
    .use(async (c, next) => {
      await next()
      c.header('Content-Security-Policy', "default-src 'none'; form-action 'self'; frame-ancestors 'none'")
      c.header('Cache-Control', 'no-store')
    })
    .get('/:sealed', (c) =>
      read(c.req.param('sealed')) ? c.html(page('Alerts of Foghorn by mail', FORM)) : c.html(unknown, 404),
    )
    .post('/:sealed', async (c) => {
      const asked = read(c.req.param('sealed'))
      if (!asked) return c.html(unknown, 404)
      await channels.unsubscribe(asked.channelId, asked.address)
      return c.html(page('You will get no more of these mails.'))
    })
}

import type { HttpBindings } from '@hono/node-server'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'

/** Where a request came from. Requests made without a socket, by tests, have no address. */
export const clientAddress = (c: Context): string => {
  const hasSocket = (c.env as Partial<HttpBindings> | undefined)?.incoming !== undefined
  return hasSocket ? (getConnInfo(c).remote.address ?? '') : ''
}

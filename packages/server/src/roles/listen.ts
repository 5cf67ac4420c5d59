import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve as listen } from '@hono/node-server'
import { ConfigError, type Config } from '../config.ts'

const portTaken = ({ host, port }: Config): string =>
  `Port ${port} of ${host} is taken. Stop what listens there, or choose another port with --port or FOGHORN_PORT.`

export const startListening = (fetch: Parameters<typeof listen>[0]['fetch'], config: Config): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = listen({ fetch, port: config.port, hostname: config.host }, () => resolve(server)) as Server
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new ConfigError(portTaken(config)) : error),
    )
  })

const hostInUrl = (host: string): string => (host.includes(':') ? `[${host}]` : host)

/** Where it listens, for whom no public address was configured. */
export const addressOf = (server: Server, { host }: Config): string =>
  `http://${hostInUrl(host)}:${(server.address() as AddressInfo).port}`

const CLOSING_GRACE_MS = 3000

/** Lets requests under way finish. Browsers keep connections open on which nothing was ever asked: those end with the grace. */
export const stopListening = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    const force = setTimeout(() => server.closeAllConnections(), CLOSING_GRACE_MS)
    server.close(() => {
      clearTimeout(force)
      resolve()
    })
    server.closeIdleConnections()
  })

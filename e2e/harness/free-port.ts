import { createServer } from 'node:net'

const FIRST_PORT = 5600
/** Workers search apart from each other, so that two never find the same free port. */
const PORTS_PER_WORKER = 40

const isFree = (port: number) =>
  new Promise<boolean>((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })

/** A port that nobody listens on, for a server that must keep its address over restarts. */
export const freePort = async (worker: number): Promise<number> => {
  const first = FIRST_PORT + worker * PORTS_PER_WORKER
  for (let port = first; port < first + PORTS_PER_WORKER; port += 1) {
    if (await isFree(port)) return port
  }
  throw new Error(`No free port from ${first} to ${first + PORTS_PER_WORKER - 1}. Stop what is listening there.`)
}

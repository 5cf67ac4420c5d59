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

/** Ports that nobody listens on, for servers that must keep their addresses over restarts. */
export const freePorts = async (worker: number, count: number): Promise<number[]> => {
  const first = FIRST_PORT + worker * PORTS_PER_WORKER
  const found: number[] = []
  for (let port = first; port < first + PORTS_PER_WORKER && found.length < count; port += 1)
    if (await isFree(port)) found.push(port)
  if (found.length === count) return found
  throw new Error(
    `Fewer than ${count} free ports from ${first} to ${first + PORTS_PER_WORKER - 1}. Stop what is listening there.`,
  )
}

export const freePort = async (worker: number): Promise<number> => (await freePorts(worker, 1))[0]!

import type { Client } from 'pg'
import type { Leadership } from '../../ports/leadership.ts'
import { loadClient } from './connect.ts'

export interface LeadershipOptions {
  /** How long a process that says nothing more keeps the lead. Default: 15 seconds. */
  leaseMs?: number
}

const LEASE_MS = 15_000
/** A leader that is not heard any more knows that before another one leads: two of these are less than the lease. */
const BEATS_PER_LEASE = 5

// Our advisory locks begin with 'fogh'; this is 'fogj', and which of those.
const OF_LEADERS = 0x666f676a
const SCHEDULER = 0

const TAKE = `select pg_try_advisory_lock(${OF_LEADERS}, ${SCHEDULER}) as is_mine`

const LOOK = `select exists (
  select from pg_locks
  where locktype = 'advisory' and classid = ${OF_LEADERS} and objid = ${SCHEDULER} and pid = pg_backend_pid() and granted
) as is_mine`

const POOLED =
  'The lock of the leader is not on the connection that took it: a pool in front of the database hands connections out by transaction. Set FOGHORN_DATABASE_DIRECT_URL to the database itself.'

/**
 * A session of its own, in which the lock lies: what ends the session, gives the lead to another. The server ends it itself
 * when nothing is heard for as long as the lease, so that a process that was halted or cut off does not lead for ever.
 */
const openSession = async (url: string, leaseMs: number): Promise<Client> => {
  const { Client } = await loadClient()
  const patienceMs = leaseMs / BEATS_PER_LEASE
  const client = new Client({
    connectionString: url,
    application_name: 'foghorn leader',
    options: `-c idle_session_timeout=${leaseMs}`,
    keepAlive: true,
    connectionTimeoutMillis: patienceMs,
    query_timeout: patienceMs,
  })
  // Told by the end of the connection.
  client.on('error', () => undefined)
  await client.connect()
  return client
}

const isMine = async (client: Client, question: string): Promise<boolean> => {
  const { rows } = await client.query<{ is_mine: boolean }>(question)
  return rows[0]!.is_mine
}

const end = (client: Client): Promise<void> => client.end().catch(() => undefined)

/** The lead as an advisory lock of the database. The URL must lead to the database itself, or to a pool by session. */
export const postgresLeadership = (url: string, { leaseMs = LEASE_MS }: LeadershipOptions = {}): Leadership => {
  let session: Client | undefined
  let beating: NodeJS.Timeout | undefined

  const leave = async (): Promise<void> => {
    clearInterval(beating)
    const left = session
    session = undefined
    if (left) await end(left)
  }
  const watch = (client: Client, onLost: (reason: Error) => void): void => {
    const lose = (reason: Error): void => {
      if (session !== client) return
      void leave()
      onLost(reason)
    }
    const beat = async (): Promise<void> => {
      if (!(await isMine(client, LOOK))) throw new Error(POOLED)
    }
    client.once('end', () => lose(new Error('The connection to the database has ended.')))
    beating = setInterval(() => void beat().catch(lose), leaseMs / BEATS_PER_LEASE)
  }
  return {
    claim: async (onLost) => {
      try {
        const client = (session ??= await openSession(url, leaseMs))
        if (!(await isMine(client, TAKE))) return false
        watch(client, onLost)
        return true
      } catch (error) {
        await leave()
        throw error
      }
    },
    close: leave,
  }
}

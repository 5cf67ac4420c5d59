// Where the main store is when the data folder is not to hold it.
import * as v from 'valibot'
import { wholeNumber, type Setting } from './setting-schemas.ts'

const Server = v.pipe(
  v.string(),
  v.regex(/^postgres(?:ql)?:\/\/\S+$/, 'must be like postgres://foghorn:password@db.example.com/foghorn'),
)

export const DATABASE_SETTINGS = {
  databaseUrl: {
    variable: 'FOGHORN_DATABASE_URL',
    schema: v.optional(Server),
    about: 'PostgreSQL database (15 or newer) that holds the main store; unset: the data folder does',
    secret: true,
  },
  databaseReadUrl: {
    variable: 'FOGHORN_DATABASE_READ_URL',
    schema: v.optional(Server),
    about: 'a replica of that database, for searches through events, figures and hints',
    secret: true,
  },
  databaseDirectUrl: {
    variable: 'FOGHORN_DATABASE_DIRECT_URL',
    schema: v.optional(Server),
    about: 'the same database without the pool before it, for the lock of the scheduler that leads',
    secret: true,
  },
  databasePool: {
    variable: 'FOGHORN_DATABASE_POOL',
    schema: v.optional(wholeNumber(2, 1000), '10'),
    about: 'connections that each of the two threads of a process may have open',
  },
  databaseTimeout: {
    variable: 'FOGHORN_DATABASE_TIMEOUT',
    schema: v.optional(wholeNumber(1, 3600), '30'),
    about: 'seconds after which PostgreSQL gives a statement up',
  },
} as const satisfies Record<string, Setting>

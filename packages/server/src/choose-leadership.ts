// Who leads the schedulers: the only process, or the one that has the database's lock.
import { postgresLeadership } from './adapters/postgres/leadership.ts'
import type { Config } from './config.ts'
import { soleLeadership, type Leadership } from './ports/leadership.ts'

export const chooseLeadership = ({ databaseUrl, databaseDirectUrl = databaseUrl }: Config): Leadership =>
  databaseDirectUrl === undefined ? soleLeadership : postgresLeadership(databaseDirectUrl)

// Who leads the schedulers: the only process, or the one that has the database's lock.
import type { Config } from './config.ts'
import { soleLeadership, type Leadership } from './ports/leadership.ts'

export const chooseLeadership = (_config: Config): Leadership => soleLeadership

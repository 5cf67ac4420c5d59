import type { Kysely } from 'kysely'
import type { Tables } from './tables.ts'

/** All that the service keeps, in whichever database it is. */
export type MainDatabase = Kysely<Tables>

import type { Kysely } from 'kysely'
import type { ColumnTypes } from '../column-types.ts'
import type { EventDays } from '../event-days.ts'
import type { TextIndex } from '../text-index.ts'

export const up = (db: Kysely<unknown>, _types: ColumnTypes, _index: TextIndex, days: EventDays): Promise<void> =>
  days.divide(db)

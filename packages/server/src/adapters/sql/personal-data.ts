import { createHash } from 'node:crypto'
import type { ErasureReceipt, Person, PersonalData } from '../../ports/personal-data.ts'
import { differencesOf } from './differences.ts'
import { erasePerson, type ForgetDeadLetters } from './erase-person.ts'
import { personKeys } from './event-people.ts'
import { readPerson } from './find-person.ts'
import type { MainDatabase } from './main-database.ts'

const hashOf = (person: Person): string =>
  createHash('sha256').update(personKeys(person).toSorted().join('\n')).digest('hex')

export const sqlPersonalData = (
  db: MainDatabase,
  forgetDeadLetters: ForgetDeadLetters,
  now: () => number,
): PersonalData => ({
  read: (organizationId, person) => readPerson(db, organizationId, person),
  erase: async (organizationId, person) => {
    const erased = await differencesOf(db).erasing(db, () =>
      erasePerson(db, { organizationId, person, forgetDeadLetters }),
    )
    const personHash = hashOf(person)
    const erasedAt = now()
    const { id } = await db
      .insertInto('erasure')
      .values({
        organization_id: organizationId,
        person_hash: personHash,
        erased: JSON.stringify(erased),
        erased_at: erasedAt,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    return { id, personHash, erased, erasedAt }
  },
  receipts: async (organizationId) => {
    const rows = await db
      .selectFrom('erasure')
      .selectAll()
      .where('organization_id', '=', organizationId)
      .orderBy('id', 'desc')
      .limit(100)
      .execute()
    return rows.map((row): ErasureReceipt => ({
      id: row.id,
      personHash: row.person_hash,
      erased: JSON.parse(row.erased),
      erasedAt: row.erased_at,
    }))
  },
})

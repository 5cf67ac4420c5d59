import type { Activity, Person } from '../ports/activity.ts'
import type { Issue } from '../ports/issues.ts'
import { iso } from './issue-json.ts'
import type { ActivityJson, PersonJson } from './life-shapes.ts'

export const personJson = ({ id, name, email }: Person): PersonJson => ({
  id: String(id),
  name: name || email,
  email,
  username: email,
})

export const activityJson = ({ id, type, actor, at, data }: Activity): ActivityJson => ({
  id: String(id),
  type,
  user: actor?.type === 'user' ? personJson(actor.person) : null,
  ...(actor?.type === 'token' && { token: actor.name }),
  data,
  dateCreated: iso(at),
})

/** How every feed begins; nothing is stored for it. */
export const firstSeenJson = ({ firstSeen, firstRelease }: Issue): ActivityJson => ({
  id: '0',
  type: 'first_seen',
  user: null,
  data: firstRelease === null ? {} : { version: firstRelease },
  dateCreated: iso(firstSeen),
})

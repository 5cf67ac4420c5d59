import type { ActivityJson } from '@foghorn/server'

/** Who is behind an entry of a feed. */
export const whoDid = ({ user, token }: ActivityJson): string => {
  if (user) return user.name || user.email || 'Somebody who has left'
  return token === undefined ? 'Foghorn' : `Token ${token}`
}

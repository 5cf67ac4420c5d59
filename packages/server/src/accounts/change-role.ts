import type { AccountStore, Member, Role } from '../ports/accounts.ts'

/** Why a member may not be changed in a way; undefined when it may. */
export const refusalOf = (
  change: { member: Member; to: Role | undefined; by: { mayMakeOwners: boolean } },
  members: readonly Member[],
): string | undefined => {
  const { member, to, by } = change
  const touchesOwner = member.role === 'owner' || to === 'owner'
  if (touchesOwner && !by.mayMakeOwners) return 'Only owners decide who is an owner.'
  const owners = members.filter(({ role, isPending }) => role === 'owner' && !isPending)
  const isLastOwner = owners.length === 1 && owners[0]!.accountId === member.accountId
  return isLastOwner && to !== 'owner' ? 'An organization needs an owner. Make somebody else one first.' : undefined
}

/** Gives a member another role, or none: then the person is out. */
export const changeRole = (
  accounts: Pick<AccountStore, 'join' | 'leave'>,
  { accountId, organizationId, to }: { accountId: number; organizationId: number; to: Role | undefined },
): Promise<void> =>
  to === undefined ? accounts.leave(accountId, organizationId) : accounts.join(accountId, organizationId, to)

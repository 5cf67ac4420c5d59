import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { actorKey } from '../accounts/actor.ts'
import type { Assignee } from '../issues/life.ts'
import type { ActivityStore } from '../ports/activity.ts'
import type { OwnershipStore } from '../ports/ownership.ts'
import type { Triage, Triaged } from '../ports/triage.ts'
import type { ApiEnv } from './api-env.ts'
import { invalidField } from './invalid-input.ts'
import { ordersOf, type IssueChange } from './issue-orders.ts'

export interface ChangeIssuesDeps {
  triage: Pick<Triage, 'change'>
  activity: ActivityStore
  ownership: Pick<OwnershipStore, 'findOwner'>
  now: () => number
}

const findAssignee = async (
  c: Context<ApiEnv>,
  name: string | null | undefined,
  { ownership }: ChangeIssuesDeps,
): Promise<Assignee | null | undefined> => {
  if (name === undefined || name === null || name === '') return name === undefined ? undefined : null
  const { accountId } = c.var.actor!
  if (name === 'me') {
    if (accountId === undefined) throw invalidField('assignedTo', 'A token is nobody. Name a member or a team.')
    return { type: 'user', id: accountId }
  }
  const found = await ownership.findOwner(c.var.organization.id, name)
  if (!found)
    throw invalidField(
      'assignedTo',
      'The organization has nobody of that name. Write user:<id>, team:<id>, an e-mail address or #team.',
    )
  return found
}

const subscribe = async (
  c: Context<ApiEnv>,
  issueIds: readonly number[],
  { wanted, activity }: { wanted: boolean; activity: ActivityStore },
): Promise<void> => {
  const { accountId } = c.var.actor!
  if (accountId === undefined) return
  for (const id of issueIds) await activity[wanted ? 'subscribe' : 'unsubscribe'](id, accountId)
}

/** Carries out what a request wants of issues that its sender may change. */
export const changeIssues = async (
  c: Context<ApiEnv>,
  { issueIds, change }: { issueIds: readonly number[]; change: IssueChange },
  deps: ChangeIssuesDeps,
): Promise<Triaged> => {
  const orders = ordersOf(change, { now: deps.now(), assignee: await findAssignee(c, change.assignedTo, deps) })
  if (orders.length === 0 && change.isSubscribed === undefined)
    throw new HTTPException(400, {
      message: 'Nothing to change. Send one of status, assignedTo, priority, isSubscribed or merge.',
    })
  const triaged = await deps.triage.change(issueIds, orders, actorKey(c.var.actor!))
  if (triaged.withoutRelease.length > 0 && triaged.changed.length === 0)
    throw invalidField(
      'statusDetails',
      'The project has no release yet. Send events with a release, or make one: foghorn releases new <version>.',
    )
  if (change.isSubscribed !== undefined)
    await subscribe(c, issueIds, { wanted: change.isSubscribed, activity: deps.activity })
  return triaged
}

import { sql } from 'kysely'
import type { Action } from '../../alerts/message.ts'
import type { AlertRule } from '../../alerts/rule.ts'
import { whyOf } from '../../alerts/why.ts'
import type { WaitingNotification } from '../../ports/outbox.ts'
import type { MainDatabase } from './main-database.ts'

const select = (db: MainDatabase, channelId: number, { now, limit }: { now: number; limit: number }) =>
  db
    .selectFrom('notification')
    .innerJoin('alert', 'alert.id', 'notification.alert_id')
    .leftJoin('issue', 'issue.id', 'alert.issue_id')
    .innerJoin('project', 'project.id', 'alert.project_id')
    .innerJoin('organization', 'organization.id', 'project.organization_id')
    .leftJoin('alert_rule', 'alert_rule.id', 'alert.rule_id')
    .where('notification.channel_id', '=', channelId)
    // Named as the partial index names it.
    .where(sql<boolean>`notification.status = 'waiting'`)
    .where('notification.due_at', '<=', now)
    .orderBy('notification.due_at')
    .orderBy('notification.id')
    .limit(limit)
    .select([
      'notification.id',
      'notification.idempotency_key',
      'notification.collected',
      'notification.attempts',
      'notification.action',
      'alert.evidence',
      'alert.fired_at',
      'alert.rule_id',
      'alert.issue_id as about',
      'alert_rule.definition',
      'project.slug',
      'project.name',
      'organization.slug as org',
      'issue.id as issue_id',
      'issue.number',
      'issue.title',
      'issue.culprit',
      'issue.level',
      'issue.event_count',
      'issue.user_count',
      'issue.last_release',
    ])

type Row = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number]

const shortIdOf = ({ slug, number }: Row): string => `${slug.toUpperCase()}-${number}`

const issueOf = (row: Row): WaitingNotification['message']['issue'] =>
  row.issue_id === null
    ? null
    : {
        id: row.issue_id,
        shortId: shortIdOf(row),
        title: row.title!,
        culprit: row.culprit!,
        level: row.level!,
        events: row.event_count!,
        users: row.user_count!,
        release: row.last_release,
      }

const NO_ISSUE = 0

// What is wrong with a project is as grave as an error.
const OF_PROJECTS = 'error'

const messageOf = (row: Row): WaitingNotification['message'] => {
  const rule = row.definition === null ? undefined : (JSON.parse(row.definition) as AlertRule)
  const [issue, name] = [issueOf(row), rule?.name ?? 'a rule that was deleted']
  return {
    action: row.action as Action,
    incident: row.about === NO_ISSUE ? `foghorn-rule-${row.rule_id}` : `foghorn-issue-${row.about}`,
    rule: name,
    project: { slug: row.slug, name: row.name },
    title: issue?.title ?? name,
    name: issue?.shortId ?? row.slug,
    level: issue?.level ?? OF_PROJECTS,
    why: rule === undefined ? 'It was true when it fired' : whyOf(rule.trigger, JSON.parse(row.evidence)),
    firedAt: Number(row.fired_at),
    org: row.org,
    issue,
  }
}

/** The oldest notifications that are due on a channel, with what is known of their issues now. */
export const readWaiting = async (
  db: MainDatabase,
  channelId: number,
  page: { now: number; limit: number },
): Promise<WaitingNotification[]> =>
  (await select(db, channelId, page).execute()).map((row) => ({
    id: row.id,
    key: row.idempotency_key,
    isCollected: row.collected === 1,
    attempts: row.attempts,
    message: messageOf(row),
  }))

import { expect } from 'vitest'
import type { MainDatabase } from '../src/adapters/sql/main-database.ts'
import type { AlertRule } from '../src/alerts/rule.ts'
import type { Trigger } from '../src/alerts/trigger.ts'
import type { AlertJson, AlertRuleJson, DeliveryJson, NewChannelJson } from '../src/api/alert-shapes.ts'
import { envelope, newEventId, type TestEvent, type TestService } from './harness.ts'
import { dieAtInsert } from './main-store.ts'

/** Alerts as people set them up: by the API. */
export const alertsOf = (service: TestService) => {
  const ask = (method: string, path: string, body?: unknown): Promise<Response> =>
    service.request(`/api/0${path}`, {
      method,
      headers: { authorization: `Bearer ${service.token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  const read = async <Body>(path: string): Promise<Body> => (await (await ask('GET', path)).json()) as Body
  return {
    ask,
    addChannel: async (target: object, name = 'people'): Promise<NewChannelJson> => {
      const response = await ask('POST', '/organizations/acme/channels/', { name, target })
      expect(response.status).toBe(201)
      return (await response.json()) as NewChannelJson
    },
    addRule: async (rule: object): Promise<AlertRuleJson> => {
      const response = await ask('POST', '/projects/acme/shop/alert-rules/', rule)
      expect(response.status, await response.clone().text()).toBe(201)
      return (await response.json()) as AlertRuleJson
    },
    deliveries: (channel: { id: string }) =>
      read<DeliveryJson[]>(`/organizations/acme/channels/${channel.id}/deliveries/`),
    alerts: () => read<AlertJson[]>('/projects/acme/shop/alerts/'),
    report: async (...events: TestEvent[]): Promise<void> => {
      for (const event of events)
        await service.post(service.envelopePath, envelope({ event_id: newEventId(), ...event }))
      await service.digest()
    },
  }
}

export const newIssue = (...channels: { id: string }[]) => ({
  name: 'new ones',
  trigger: { when: 'new-issue' },
  steps: [{ afterMinutes: 0, channels: channels.map(({ id }) => Number(id)) }],
})

/** A rule as it is stored. */
export const rule = (trigger: Trigger, more: Partial<AlertRule> = {}): AlertRule => ({
  name: trigger.when,
  trigger,
  conditions: [],
  steps: [{ afterMinutes: 0, channels: [1] }],
  everyMinutes: 60,
  ...more,
})

/** The transaction breaks in the middle, as by a kill, and what was accepted is digested again. */
export const crashing = async (service: TestService, db: MainDatabase, table: string): Promise<void> => {
  const revive = await dieAtInsert(db, table)
  await service.digest()
  await revive()
  service.clock.now += 2000
  await service.digest()
}

/** What has fired: rule, subject and occurrence. */
export const firedIn = async (db: MainDatabase): Promise<string[]> => {
  const rows = await db.selectFrom('alert').select(['rule_id', 'subject', 'occurrence']).execute()
  return rows.map(({ rule_id, subject, occurrence }) => `${rule_id} ${subject} ${occurrence}`).toSorted()
}

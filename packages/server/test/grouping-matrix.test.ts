import { expect, test } from 'vitest'
import type { EventJson } from '../src/api/event-shapes.ts'
import { regroup } from '../src/regrouping/regroup.ts'
import { groupBy } from './grouped-by.ts'
import { envelope, newEventId, startService, type TestService } from './harness.ts'
import { readCaptured, type Report } from './matrix/captured.ts'
import { PEER_MODELS } from './matrix/peer-models.ts'
import { bundleOf, upload } from './upload.ts'

const RULES_KEPT_MS = 5000
const { builds, reports } = readCaptured()
const FEW = new Set(['vite', 'webpack'])
const BUNDLERS = [...new Set(builds.map(({ bundler }) => bundler))].filter(
  (bundler) => process.env['FOGHORN_LONG'] || FEW.has(bundler),
)

const toEvent = ({ type, message, frames, release }: Report) => ({
  event_id: newEventId(),
  platform: 'javascript',
  release: `shop@${release}`,
  exception: {
    values: [
      {
        type,
        value: message,
        stacktrace: { frames: frames.map(({ inApp: _unknown, ...frame }) => frame) },
      },
    ],
  },
})

interface Sent {
  report: Report
  id: string
}

const send = async (service: TestService, all: readonly Report[]): Promise<Sent[]> => {
  const sent: Sent[] = []
  for (const report of all) {
    const event = toEvent(report)
    expect((await service.post(service.envelopePath, envelope(event))).status).toBe(200)
    sent.push({ report, id: event.event_id })
  }
  await service.digest()
  return sent
}

const uploadMaps = async (service: TestService, bundler: string): Promise<void> => {
  for (const { script, map, release } of builds.filter((build) => build.bundler === bundler)) {
    const bundle = bundleOf({ url: `~${script}`, debugId: null, map, script: `// ${script}` })
    const { body } = await upload(service, bundle, { version: `shop@${release}` })
    expect(body.state).toBe('ok')
  }
  while (await regroup(service.stores));
}

const readGroups = async (service: TestService, sent: readonly Sent[]): Promise<Map<Report, string>> => {
  const groups = new Map<Report, string>()
  for (const { report, id } of sent) {
    const response = await service.read(`/api/0/projects/acme/shop/events/${id}/`)
    groups.set(report, ((await response.json()) as EventJson).groupID)
  }
  return groups
}

/** Faults in more than one group, and groups with more than one fault. */
const judge = (groups: ReadonlyMap<Report, string>): { groups: number; split: number; mixed: number } => {
  const byFault = new Map<string, Set<string>>()
  const byGroup = new Map<string, Set<string>>()
  for (const [{ fault }, group] of groups) {
    byFault.set(fault, (byFault.get(fault) ?? new Set()).add(group))
    byGroup.set(group, (byGroup.get(group) ?? new Set()).add(fault))
  }
  const several = (sets: Map<string, Set<string>>): number => [...sets.values()].filter(({ size }) => size > 1).length
  return { groups: byGroup.size, split: several(byFault), mixed: several(byGroup) }
}

const withService = async <Result>(work: (service: TestService) => Promise<Result>): Promise<Result> => {
  const service = await startService()
  try {
    return await work(service)
  } finally {
    await service.close()
  }
}

const of = (bundler: string): Report[] => reports.filter((report) => report.bundler === bundler)

test('the matrix has 22 faults in 4 releases of 5 bundlers as 3 browsers report them', () => {
  expect(reports).toHaveLength(22 * 4 * 5 * 3)
})

test.each(BUNDLERS)(
  'with maps, %s: no fault is split and none are mixed, whether maps come before or after',
  (bundler) =>
    withService(async (service) => {
      await uploadMaps(service, bundler)
      const early = await readGroups(service, await send(service, of(bundler)))
      expect(judge(early)).toEqual({ groups: 22, split: 0, mixed: 0 })
      await withService(async (late) => {
        const sent = await send(late, of(bundler))
        await uploadMaps(late, bundler)
        expect(judge(await readGroups(late, sent))).toEqual({ groups: 22, split: 0, mixed: 0 })
      })
    }),
)

test.each(BUNDLERS)('without maps, %s: no browser splits a fault over releases', (bundler) =>
  withService(async (service) => {
    const groups = await readGroups(service, await send(service, of(bundler)))
    for (const browser of ['chromium', 'firefox', 'webkit'])
      expect(judge(new Map([...groups].filter(([report]) => report.browser === browser)))).toMatchObject({ split: 0 })
  }),
)

test.each(BUNDLERS)('without maps, %s: going over to a newer version splits nothing', (bundler) =>
  withService(async (service) => {
    await groupBy(service, 1)
    const [before, after] = [
      [1, 2],
      [3, 4],
    ].map((releases) => of(bundler).filter(({ release }) => releases.includes(release)))
    const sent = await send(service, before!)
    await service.stores.groupingSettings.switchTo(service.project.id, 2)
    while (await regroup(service.stores));
    service.clock.now += RULES_KEPT_MS + 1
    const groups = await readGroups(service, [...sent, ...(await send(service, after!))])
    expect(judge(groups)).toMatchObject({ split: 0 })
  }),
)

test('without maps over all browsers: the figures, beside readings of other rules', () =>
  withService(async (service) => {
    const own = judge(await readGroups(service, await send(service, of('rollup'))))
    const models = Object.entries(PEER_MODELS).map(([name, model]) => [
      name,
      judge(new Map(of('rollup').map((report) => [report, model(report)]))),
    ])
    expect({ own, ...Object.fromEntries(models) }).toMatchInlineSnapshot(`
      {
        "all frames by file and function": {
          "groups": 264,
          "mixed": 0,
          "split": 22,
        },
        "own": {
          "groups": 21,
          "mixed": 1,
          "split": 0,
        },
        "title and top frame": {
          "groups": 199,
          "mixed": 0,
          "split": 22,
        },
        "type and canonical message": {
          "groups": 16,
          "mixed": 2,
          "split": 1,
        },
        "type and message": {
          "groups": 62,
          "mixed": 1,
          "split": 17,
        },
        "type and message with variables replaced": {
          "groups": 47,
          "mixed": 3,
          "split": 16,
        },
      }
    `)
  }))

import type { ResolvedIssue } from '@foghorn/artifacts'
import { Command } from 'commander'
import { count, formatTable, print, printJson } from '../output.ts'
import { withServiceOptions, type ServiceFlags } from '../service-flags.ts'
import { withUploads } from '../uploads.ts'

interface Flags extends ServiceFlags {
  json?: boolean
}

const HEAD = ['issue', 'title', 'culprit', 'events', 'last seen', 'latest event']

const toRow = (issue: ResolvedIssue): string[] => [
  issue.id,
  issue.title.slice(0, 60),
  issue.culprit.slice(0, 60),
  String(issue.eventsResolved),
  issue.lastSeen.slice(0, 10),
  issue.latestEventId,
]

const report = (issues: ResolvedIssue[]): void => {
  if (issues.length === 0) return print('No stored event was resolved with this upload.')
  const events = issues.reduce((sum, { eventsResolved }) => sum + eventsResolved, 0)
  print(
    `${formatTable([HEAD, ...issues.map(toRow)])}\n\n${count(events, 'event')} in ${count(issues.length, 'issue')}.`,
  )
}

export const showCommand = (): Command =>
  withServiceOptions(new Command('show'))
    .description('Show the issues whose recent events were resolved with an upload, the newest first')
    .argument('<id>', 'upload, by the ID that "list" shows')
    .option('--json', 'print JSON: [{"id","title","culprit","eventsResolved","latestEventId","lastSeen"}]')
    .action(async (id: string, flags: Flags) => {
      const issues = await withUploads(flags, (uploads) => uploads.issues(id))
      if (flags.json) printJson(issues)
      else report(issues)
    })

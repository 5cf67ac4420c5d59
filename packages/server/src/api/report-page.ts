import { html } from 'hono/html'
import type { ReportedIssueJson, ReportJson, ResponseTimesJson } from './statistics-shapes.ts'

const STYLE = `
  body { font: 14px/1.5 system-ui, sans-serif; color: #111; background: #fff; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
  h1 { margin: 0 } h2 { margin: 2rem 0 .5rem; font-size: 1.1rem }
  table { border-collapse: collapse; width: 100% }
  th, td { text-align: left; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid #ddd; vertical-align: top }
  td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
  .title { overflow-wrap: anywhere } .quiet { color: #555 }
  @media print { body { margin: 0; max-width: none } tr { break-inside: avoid } h2 { break-after: avoid } a { color: inherit; text-decoration: none } }`

const number = (value: number): string => value.toLocaleString('en-GB')

const percent = (share: number | null): string => (share === null ? 'not measured' : `${(share * 100).toFixed(2)} %`)

const duration = (seconds: number | null): string => {
  if (seconds === null) return '–'
  if (seconds < 3600) return `${Math.round(seconds / 60)} min`
  return seconds < 172_800 ? `${(seconds / 3600).toFixed(1)} h` : `${(seconds / 86_400).toFixed(1)} days`
}

const responseRow = (name: string, { count, mean, p50, p95 }: ResponseTimesJson) =>
  html`<tr>
    <th scope="row">${name}</th>
    <td class="number">${number(count)}</td>
    <td class="number">${duration(mean)}</td>
    <td class="number">${duration(p50)}</td>
    <td class="number">${duration(p95)}</td>
  </tr>`

const counts = (title: string, values: Record<string, number>) =>
  html`<h2>${title}</h2>
    <table>
      <tbody>
        ${Object.entries(values).map(
          ([name, count]) =>
            html`<tr>
              <th scope="row">${name}</th>
              <td class="number">${number(count)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`

const issueRow = ({ shortId, title, culprit, count, userCount, status, permalink }: ReportedIssueJson) =>
  html`<tr>
    <td><a href="${permalink}">${shortId}</a></td>
    <td class="title">${title}<br /><span class="quiet">${culprit}</span></td>
    <td>${status}</td>
    <td class="number">${number(count)}</td>
    <td class="number">${number(userCount)}</td>
  </tr>`

const summary = (report: ReportJson) =>
  html`<table>
    <tbody>
      <tr>
        <th scope="row">Events</th>
        <td class="number">${number(report.events)}</td>
      </tr>
      <tr>
        <th scope="row">Events in the period before</th>
        <td class="number">${number(report.eventsBefore)}</td>
      </tr>
      <tr>
        <th scope="row">New issues</th>
        <td class="number">${number(report.issues.appeared)}</td>
      </tr>
      <tr>
        <th scope="row">Issues that came back</th>
        <td class="number">${number(report.issues.regressed)}</td>
      </tr>
      <tr>
        <th scope="row">Resolved</th>
        <td class="number">${number(report.issues.resolved)}</td>
      </tr>
      <tr>
        <th scope="row">Sessions without a crash</th>
        <td class="number">${percent(report.crashFreeSessions)}</td>
      </tr>
    </tbody>
  </table>`

const responses = ({ acknowledge, resolve }: ReportJson) =>
  html`<h2>How long it took</h2>
    <table>
      <thead>
        <tr>
          <th></th>
          <th class="number">Issues</th>
          <th class="number">Mean</th>
          <th class="number">Median</th>
          <th class="number">95 %</th>
        </tr>
      </thead>
      <tbody>
        ${responseRow('Until somebody looked at it', acknowledge)}${responseRow('Until it was resolved', resolve)}
      </tbody>
    </table>`

/** The report as a page to be printed: no script, everything in it escaped. */
export const reportPage = (report: ReportJson) =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${report.project.name}: ${report.start.slice(0, 10)} to ${report.end.slice(0, 10)}</title>
        <style>
          ${STYLE}
        </style>
      </head>
      <body>
        <h1>${report.project.name}</h1>
        <p class="quiet">${report.start.slice(0, 10)} to ${report.end.slice(0, 10)} (UTC)</p>
        ${summary(report)}
        <h2>Issues with most events</h2>
        <table>
          <thead>
            <tr>
              <th>Issue</th>
              <th>What</th>
              <th>Status</th>
              <th class="number">Events</th>
              <th class="number">Users</th>
            </tr>
          </thead>
          <tbody>
            ${report.topIssues.map(issueRow)}
          </tbody>
        </table>
        ${responses(report)} ${counts('By level', report.byLevel)} ${counts('By category', report.byCategory)}
        ${counts('By browser', report.byBrowser)}
        ${counts('By day', Object.fromEntries(report.days.map(({ day, count }) => [day, count])))}
      </body>
    </html>`

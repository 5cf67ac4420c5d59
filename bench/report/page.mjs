// results.json as a page that needs nothing else: charts where peers stand beside us, tables of everything.
import { html, raw } from 'hono/html'
import { drawBars } from './chart.mjs'

const shown = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 4 })

const STYLE = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
  body { max-width: 60rem; margin: 0 auto; padding: 1rem }
  table { border-collapse: collapse; width: 100% } th, td { text-align: start; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid #8884 }
  td.number { text-align: end; font-variant-numeric: tabular-nums } .met { color: light-dark(#2b7a0b, #7fd35a) } .short { color: light-dark(#b42318, #ff9b8f); font-weight: 600 }
  figure { margin: 1.5rem 0; overflow-x: auto } figcaption { font-weight: 600 } small { opacity: .8 } svg { max-width: 100%; height: auto }
`

const verdict = ({ target, isMet }) =>
  target === undefined
    ? ''
    : html`<span class="${isMet ? 'met' : 'short'}">${target}: ${isMet ? 'reached' : 'not reached'}</span>`

const row = (figure) =>
  html`<tr>
    <th scope="row">${figure.what}</th>
    <td class="number">${shown.format(figure.values[0].value)} ${figure.unit}</td>
    <td>
      ${figure.values
        .slice(1)
        .map(({ name, value }) => `${name} ${shown.format(value)}`)
        .join(' · ')}
    </td>
    <td>${verdict(figure)}</td>
  </tr>`

const bars = (figure) =>
  html`<figure>
    <figcaption>${figure.what}, ${figure.unit}</figcaption>
    ${raw(drawBars(figure))}
  </figure>`

const section = ({ title, command, measuredAt, seconds, machine, figures }) =>
  html`<section>
    <h2>${title}</h2>
    ${figures.filter(({ values }) => values.length > 1).map(bars)}
    <table>
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col">Foghorn</th>
          <th scope="col">Others, same run</th>
          <th scope="col">Target</th>
        </tr>
      </thead>
      <tbody>
        ${figures.map(row)}
      </tbody>
    </table>
    <p>
      <small
        >Again: <code>${command}</code> (${Math.ceil(seconds / 60)} min). Measured ${measuredAt.slice(0, 10)} at
        ${machine.commit}: ${machine.processor}, ${machine.memoryGigabytes} GB, ${machine.system}, Node ${machine.node},
        ${machine.chromium}.</small
      >
    </p>
  </section>`

export const drawPage = (sections) =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>Foghorn, measured</title>
        <style>
          ${raw(STYLE)}
        </style>
      </head>
      <body>
        <h1>Foghorn, measured</h1>
        <p>
          Everybody in a chart did the same work in the same run. Compare within a chart: times of another machine are
          other times, their ratios hardly.
        </p>
        ${sections.map(section)}
      </body>
    </html>`

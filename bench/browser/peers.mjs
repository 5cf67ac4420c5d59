// Who is measured. Versions are in ../package.json; each entry starts its SDK with its usual error and breadcrumb
// capture and offers one function, `bench.capture(error)`.

import { readFileSync } from 'node:fs'

/**
 * `core`: measured by every benchmark unless other names are given. `heavy`: takes long to bundle, so only when named
 * or with `--peers all`.
 */
export const PEERS = [
  { name: 'foghorn', core: true },
  { name: 'sentry', package: '@sentry/browser', core: true },
  { name: 'bugsnag', package: '@bugsnag/js', core: true },
  { name: 'rollbar', package: 'rollbar', core: true },
  { name: 'honeybadger', package: '@honeybadger-io/js', core: true },
  { name: 'faro', package: '@grafana/faro-web-sdk', core: true },
  { name: 'trackjs', package: 'trackjs' },
  { name: 'appsignal', package: '@appsignal/javascript' },
  { name: 'airbrake', package: '@airbrake/browser' },
  { name: 'raygun', package: 'raygun4js' },
  { name: 'elastic', package: '@elastic/apm-rum' },
  { name: 'datadog-logs', package: '@datadog/browser-logs' },
  { name: 'datadog-rum', package: '@datadog/browser-rum-slim', heavy: true },
  { name: 'posthog', package: 'posthog-js', heavy: true },
  { name: 'newrelic', package: '@newrelic/browser-agent', heavy: true },
  { name: 'sentry-offline', package: '@sentry/browser', note: 'with its opt-in offline transport' },
  { name: 'foghorn-everything', note: 'offline buffer and web vitals' },
  { name: 'sentry-everything', package: '@sentry/browser', note: 'offline transport and web vitals' },
]

const known = PEERS.map(({ name }) => name)

/** The peers that `--peers a,b` or `--peers all` names, else those of `usual`. Ours is always the first. */
export const choosePeers = (names, usual = (peer) => peer.core) => {
  if (!names) return PEERS.filter(usual)
  if (names === 'all') return PEERS
  const asked = names.split(',')
  const unknown = asked.find((name) => !known.includes(name))
  if (unknown) throw new Error(`There is no peer ${unknown}. Known: ${known.join(', ')}.`)
  return PEERS.filter(({ name }) => name === 'foghorn' || asked.includes(name))
}

/** The installed version; nothing for ours, which is this checkout's. */
export const versionOf = ({ package: name }) =>
  name && JSON.parse(readFileSync(new URL(`../node_modules/${name}/package.json`, import.meta.url), 'utf8')).version

// node scripts/packing/dependencies.mjs: writes docs/dependencies.md. What packages depend on is read; why is said here.
import { readdirSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { publishedPackages } from '../pack.mjs'
import { root } from '../run.mjs'
import { installedWith, lockedAt, placeOf } from './installed.mjs'

/** Why each is there instead of lines of ours, who keeps it, and when it was released last (looked up 2026-11). */
const REASONS = {
  '@ariakit/react': ['combobox and menus that screen readers understand', 'Ariakit, 2026'],
  '@hono/node-server': ['runs Hono on Node', 'Hono, 2026-11'],
  '@hono/valibot-validator': ['checks requests by the schemas that describe them', 'Hono, 2026-05'],
  '@node-rs/argon2': ['hashes passwords; no compiler at installation', 'napi-rs, 2026-09'],
  '@tanstack/react-query': ['asks the API, and keeps what it answered', 'TanStack, 2026'],
  '@tanstack/react-router': ['addresses of the web app, with types', 'TanStack, 2026'],
  '@tanstack/react-virtual': ['long lists', 'TanStack, 2026'],
  '@valibot/to-json-schema': ['the description of the API from the schemas that check it', 'Valibot, 2026-09'],
  'cli-progress': ['how far an upload is', 'one person, 2024-06; small, and only drawn'],
  'error-stack-parser': ['reads stacks of browsers', 'stacktrace.js, 2026-05'],
  'highlight.js': ['colours source lines', 'highlight.js, 2026'],
  'http-proxy-agent': ['uploads from behind a company proxy', 'one person, 2026-06'],
  'https-proxy-agent': ['the same for https', 'one person, 2026-06'],
  'magic-string': ['changes a script and its map together', 'Rollup, 2026-10'],
  'oxc-parser': ['reads original sources for names of functions, TypeScript and JSX too', 'Oxc, 2026-11'],
  'openid-client': [
    'single sign-on: the protocol and its signatures',
    'one person, certified by the OpenID Foundation, 2026-11',
  ],
  'pino-pretty': ['the log on a terminal', 'Pino, 2026-10'],
  'prom-client': ['metrics in the form of Prometheus', 'two people, 2024-12; the form is finished'],
  'proxy-from-env': ['which addresses the environment sends through a proxy', 'one person, 2026-03'],
  'react-dom': ['the web app', 'Meta and others, 2026'],
  'source-map': ['the strict check of uploaded maps', 'Mozilla, 2026-07'],
  'web-vitals': ['measures vitals as Google counts them', 'Google, 2026-10'],
  acorn: ['reads minified scripts for scopes', 'the Acorn project, 2026-10'],
  bowser: ['names of browsers and systems from user agents', 'several people, 2026-11'],
  commander: ['the command line', 'several people, 2026-11'],
  hono: ['routes of the service', 'Hono, 2026-11'],
  idb: ['IndexedDB with promises', 'one person at Google, 2026-10'],
  ignore: ['patterns of CODEOWNERS', 'one person, 2026-11'],
  kysely: ['SQL with types and parameters, for both databases', 'several people, 2026-11'],
  libsql: ['SQLite without a compiler at installation', 'Turso, 2026-03'],
  lowlight: ['highlight.js as tokens instead of markup', 'one person of unified, 2026'],
  nodemailer: ['sends mails', 'one person, 2026-11'],
  parse5: ['finds scripts in HTML as browsers do', 'several people, 2026-11'],
  pino: ['the log', 'Pino, 2026-10'],
  react: ['the web app', 'Meta and others, 2026'],
  semver: ['which release came before which', 'npm, 2026-11'],
  tar: ['backups', 'one person, 2026-11'],
  unplugin: ['one plugin for six bundlers', 'UnJS, 2026-10'],
  uplot: ['charts over time', 'one person, 2026'],
  valibot: ['schemas: what comes in is checked once, and typed', 'Valibot, 2026-09'],
  yaml: ['alert rules in a file, with the lines of mistakes', 'one person, 2026-09'],
  yauzl: ['reads uploaded archives, entry by entry', 'one person, 2026-06'],
  yazl: ['makes archives for upload', 'one person, 2024-12; the form is finished'],
}

// Code of others that is built into files of ours: nothing of it is installed.
const BUNDLED = {
  '@foghorn/browser': ['error-stack-parser', 'idb'],
  '@foghorn/dashboard': [
    '@ariakit/react',
    '@tanstack/react-query',
    '@tanstack/react-router',
    '@tanstack/react-virtual',
    'highlight.js',
    'lowlight',
    'react',
    'react-dom',
    'uplot',
  ],
}

const bytesIn = (folder) =>
  readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== 'node_modules')
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => (statSync(path).isDirectory() ? bytesIn(path) : statSync(path).size))
    .reduce((sum, bytes) => sum + bytes, 0)

const isThere = (place) => statSync(join(root, place), { throwIfNoEntry: false }) !== undefined

const megabytesOf = (places) => places.filter(isThere).reduce((sum, place) => sum + bytesIn(join(root, place)), 0) / 1e6

const rowOf = (owner, name, how) => {
  const place = placeOf(name, relative(root, owner.folder))
  const all = installedWith([place])
  // Of variants for systems, one is installed.
  const others = all.filter((one) => one !== place && !lockedAt(one).os)
  const [why, keeper] = REASONS[name] ?? []
  return {
    owner: owner.name,
    name,
    how,
    why,
    keeper,
    license: lockedAt(place).license,
    others: others.length,
    megabytes: megabytesOf(all),
  }
}

/** One row for each package of others that one of ours depends on, or has built in. */
export const dependencyRows = () =>
  publishedPackages()
    .map(({ folder, manifest }) => ({ folder, name: manifest.name, manifest }))
    .flatMap((owner) => [
      ...Object.keys(owner.manifest.dependencies ?? {})
        .filter((name) => !publishedPackages().some(({ manifest }) => manifest.name === name))
        .map((name) => rowOf(owner, name, 'installed')),
      ...(BUNDLED[owner.name] ?? []).map((name) => rowOf(owner, name, 'built in')),
    ])

const shown = (megabytes) => (megabytes < 0.1 ? '< 0.1' : megabytes.toFixed(1))

const lineOf = ({ owner, name, how, why, keeper, license, others, megabytes }) =>
  `| ${name} | ${owner.replace('@foghorn/', '')}${how === 'built in' ? ', built in' : ''} | ${why} | ${others} | ${shown(megabytes)} | ${license} | ${keeper} |`

const HEAD = `# What we depend on

Each package of others that is installed with ours, or built into a file of ours; why it is there instead of lines of ours, how many others it brings, how large they are together when installed, and who keeps it, with its newest release as of 2026-11. Written by \`node scripts/packing/dependencies.mjs\`; a test fails when a dependency has no reason here.

The SDK's page pays for none of this beyond what \`npm run size\` weighs. Clients of NATS and S3 are installed by those who use them.

| Package | Of | For | Brings | MB | Licence | Kept by |
|---|---|---|--:|--:|---|---|
`

export const dependencyTable = () => `${HEAD}${dependencyRows().map(lineOf).join('\n')}\n`

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(join(root, 'docs/dependencies.md'), dependencyTable())

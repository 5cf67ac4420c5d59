import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('.', import.meta.url))

// Tests run on the sources, which spares a build first: what a package exports stands for the source of its types.
const toSources = (folder: string) => {
  const { name, exports } = JSON.parse(readFileSync(`${root}packages/${folder}/package.json`, 'utf8'))
  return Object.entries<{ types?: string }>(exports)
    .filter(([, { types }]) => types)
    .map(([path, { types }]) => ({
      find: new RegExp(`^${name}${path.slice(1)}$`),
      replacement: `${root}packages/${folder}${types!.replace('./dist', '/src').replace('.d.ts', '.ts')}`,
    }))
}

// What asks most of the store runs in PostgreSQL as well; with FOGHORN_TEST_DATABASE=postgres all of the service's tests do.
const ALL_ON_POSTGRES = process.env.FOGHORN_TEST_DATABASE === 'postgres'
const ON_POSTGRES = [
  'postgres',
  'event-days',
  'event-search',
  'search',
  'merge',
  'retention',
  'alert-triggers',
  'transfer',
  'leadership',
  'blob-stores',
  'postgres-operation',
]

const ONLY_POSTGRES = ['postgres', 'event-days', 'leadership', 'postgres-operation']

// About the files of the embedded store, and the plans of its queries.
const ONLY_EMBEDDED = ['backup', 'doctor', 'full-disk', 'issue-plans', 'sqlite', 'upgrade']

// What changes or measures its process needs one of its own.
const OWN_PROCESS = ['alert-backlog', 'artifacts-hostile', 'outbound-names']

const ofServer = (names: string[]) => names.map((name) => `packages/server/test/${name}.test.ts`)

export default defineConfig({
  resolve: {
    alias: readdirSync(`${root}packages`, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .flatMap(({ name }) => toSources(name)),
  },
  test: {
    // These tell a test that hangs from a slow machine, which may be ten times slower than a good one.
    testTimeout: 120_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 60_000 } },
    // Much of what they do is waiting, for processes and browsers.
    maxWorkers: 3,
    // A busy machine can make a browser late; what fails twice is broken. The second try is shown.
    retry: process.env.CI ? 1 : 0,
    projects: [
      {
        extends: true,
        test: {
          name: 'packages',
          globalSetup: ['packages/cli/test/shared-folder.ts'],
          include: ['packages/*/test/**/*.test.ts', 'docs/test/**/*.test.ts'],
          exclude: ['packages/server/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 'alone',
          globalSetup: ['packages/server/test/empty-store.ts'],
          include: ofServer(OWN_PROCESS),
        },
      },
      {
        extends: true,
        test: {
          name: 'embedded',
          // Reading the service's modules anew for each file would take a third of the time of its tests, which leave
          // nothing behind in them.
          isolate: false,
          globalSetup: ['packages/server/test/empty-store.ts'],
          include: ofServer(['*']),
          exclude: ofServer([...ONLY_POSTGRES, ...OWN_PROCESS]),
        },
      },
      {
        extends: true,
        test: {
          name: 'postgres',
          isolate: ALL_ON_POSTGRES,
          globalSetup: ['packages/server/test/empty-store.ts', 'packages/server/test/postgres-server.ts'],
          include: ofServer(ALL_ON_POSTGRES ? ['*'] : ON_POSTGRES),
          exclude: ofServer(ONLY_EMBEDDED),
        },
      },
    ],
  },
})

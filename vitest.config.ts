import { defineConfig } from 'vitest/config'

// Tests run on the sources: the `source` export condition spares a build first.
const conditions = ['source', 'node']

// What asks most of the store runs in PostgreSQL as well; with FOGHORN_TEST_DATABASE=postgres all of the service's tests do.
const ON_POSTGRES = ['postgres', 'event-search', 'search', 'merge', 'retention', 'alert-triggers', 'transfer']

const ofServer = (names: string[]) => names.map((name) => `packages/server/test/${name}.test.ts`)

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 15_000 } },
    maxWorkers: 2,
    // A busy machine can make a browser late; what fails twice is broken. The second try is shown.
    retry: process.env.CI ? 1 : 0,
    projects: [
      {
        extends: true,
        test: {
          name: 'embedded',
          globalSetup: ['packages/server/test/empty-store.ts'],
          include: ['packages/*/test/**/*.test.ts'],
          exclude: ofServer(['postgres']),
        },
      },
      {
        extends: true,
        test: {
          name: 'postgres',
          globalSetup: ['packages/server/test/empty-store.ts', 'packages/server/test/postgres-server.ts'],
          include: ofServer(process.env.FOGHORN_TEST_DATABASE === 'postgres' ? ['*'] : ON_POSTGRES),
        },
      },
    ],
  },
})

import { defineConfig } from 'vitest/config'

// Tests run on the sources: the `source` export condition spares a build first.
const conditions = ['source', 'node']

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    globalSetup: ['packages/server/test/empty-store.ts'],
    include: ['packages/*/test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 15_000 } },
    maxWorkers: 2,
    // A busy machine can make a browser late; what fails twice is broken. The second try is shown.
    retry: process.env.CI ? 1 : 0,
  },
})

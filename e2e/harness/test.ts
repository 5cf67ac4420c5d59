// oxlint-disable no-empty-pattern -- Playwright reads from the pattern what a fixture needs, and insists on one
import { type TestInfo, test as base } from '@playwright/test'
import { type Installation, createInstallation } from './installation.ts'

interface PerTest {
  /** The installation that the tests of a worker share: they only add events to it. */
  installation: Installation
  /** An installation for one test alone, which may break it. */
  ownInstallation: Installation
}

interface PerWorker {
  sharedInstallation: Installation
}

const attachLogOfFailed = async ({ service }: Installation, testInfo: TestInfo) => {
  if (testInfo.errors.length > 0) await testInfo.attach('service.log', { body: service.output() })
}

export const test = base.extend<PerTest, PerWorker>({
  sharedInstallation: [
    async ({}, use, { parallelIndex }) => {
      const installation = await createInstallation(parallelIndex)
      await use(installation)
      await installation.close()
    },
    { scope: 'worker', timeout: 600_000 },
  ],
  installation: async ({ sharedInstallation }, use, testInfo) => {
    await use(sharedInstallation)
    await attachLogOfFailed(sharedInstallation, testInfo)
  },
  ownInstallation: async ({}, use, testInfo) => {
    const installation = await createInstallation(testInfo.parallelIndex)
    await use(installation)
    await attachLogOfFailed(installation, testInfo)
    await installation.close()
  },
})

export { expect } from '@playwright/test'

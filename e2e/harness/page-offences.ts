import type { Page } from '@playwright/test'

/** What no page of the dashboard ever does: fail, break its policy, or ask another site for anything. */
export const watchOffences = async (page: Page, serviceUrl: string): Promise<string[]> => {
  const offences: string[] = []
  page.on('pageerror', (error) => offences.push(`error ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error') offences.push(`console ${message.text()}`)
  })
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(serviceUrl))
      offences.push(`request ${request.url()}`)
  })
  await page.exposeFunction('policyBroken', (what: string) => offences.push(`policy ${what}`))
  await page.addInitScript(() =>
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      (globalThis as unknown as { policyBroken(what: string): void }).policyBroken(
        `${violatedDirective} ${blockedURI}`,
      ),
    ),
  )
  return offences
}

import { connectService, type ServiceAddress } from '../service.ts'
import { askService, type AskOptions } from './ask-service.ts'
import { checkUrl, type CheckUrlOptions } from './check-url.ts'
import type { CheckReport } from './judge.ts'

export type CheckDeployedOptions = ServiceAddress &
  AskOptions &
  Pick<CheckUrlOptions, 'onProgress'> & {
    /** Address of the deployed page. */
    page: string
  }

/** Checks a deployed page against what a service has. */
export const checkDeployed = async (options: CheckDeployedOptions): Promise<CheckReport> => {
  const service = connectService(options)
  const { page, onProgress } = options
  try {
    const resolve = askService(service, options)
    return await checkUrl({ url: page, resolve, service: service.origin, ...(onProgress ? { onProgress } : {}) })
  } finally {
    service.close()
  }
}

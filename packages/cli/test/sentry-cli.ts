import { SentryCli } from '@sentry/cli'
import { expect } from 'vitest'
import { run, type Run, type Service } from './service.ts'
import { isLong, requireTool } from './sentry-tools/install.ts'

// Version 2 is as large as all the rest together.
export const SENTRY_CLI_VERSIONS = ['3', ...(isLong ? ['2'] : [])]

const pathOf = (version: string): string => (version === '3' ? SentryCli : requireTool('sentry-cli-2')).getPath()

export interface Call {
  env?: Record<string, string>
  cwd?: string
}

/** The real sentry-cli, set up for a service. */
export const sentryCliFor = (version: string, service: () => Service) => {
  const call = (args: string[], { env = {}, cwd }: Call = {}): Promise<Run> => {
    const quiet = { SENTRY_LOG_LEVEL: 'warn', SENTRY_CLI_NO_TELEMETRY: '1' }
    return run(pathOf(version), args, { ...service().env('SENTRY'), ...quiet, ...env }, cwd)
  }
  return {
    /** Runs it to its end, which must be a good one. */
    succeed: async (args: string[], options?: Call): Promise<string> => {
      const { code, stdout, stderr } = await call(args, options)
      expect(code, stdout + stderr).toBe(0)
      return stdout + stderr
    },
    /** Runs it to its end, which must be a bad one. */
    fail: async (args: string[], options?: Call): Promise<string> => {
      const { code, stdout, stderr } = await call(args, options)
      expect(code, stdout + stderr).toBe(1)
      return stdout + stderr
    },
  }
}

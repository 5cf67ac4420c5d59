import type { ReleaseClientOptions } from '@foghorn/artifacts'
import { fromEnvironment } from '@foghorn/artifacts/environment'
import type { Command } from 'commander'
import { required } from './environment.ts'

/** Where a service is and what in it a command is about. */
export interface ServiceFlags {
  url?: string
  authToken?: string
  org?: string
  project?: string[]
}

export const withServiceOptions = (command: Command): Command =>
  command
    .option('--url <origin>', 'address of the service (FOGHORN_URL)')
    .option('--auth-token <token>', 'token with the scope project:releases (FOGHORN_AUTH_TOKEN)')
    .option('--org <slug>', 'organization (FOGHORN_ORG)')
    .option('--project <slugs...>', 'project, or several (FOGHORN_PROJECT)')

export const readServiceFlags = (flags: ServiceFlags): ReleaseClientOptions => {
  const projects = flags.project ?? fromEnvironment('PROJECT')?.split(',')
  return {
    url: required(flags.url, { flag: '--url', name: 'URL' }),
    authToken: required(flags.authToken, { flag: '--auth-token', name: 'AUTH_TOKEN' }),
    org: required(flags.org, { flag: '--org', name: 'ORG' }),
    projects: projects ?? [required(undefined, { flag: '--project', name: 'PROJECT' })],
  }
}

import { CliError } from './expected-error.ts'

type Name = 'URL' | 'AUTH_TOKEN' | 'ORG' | 'PROJECT' | 'RELEASE'

/** A setting from the environment; Sentry's name counts where ours is absent, so that a CI that uploads to Sentry works as it is. */
export const fromEnvironment = (name: Name, env: NodeJS.ProcessEnv = process.env): string | undefined =>
  env[`FOGHORN_${name}`] || env[`SENTRY_${name}`] || undefined

/** The same for a setting that has to be there. */
export const required = (value: string | undefined, { flag, name }: { flag: string; name: Name }): string => {
  const found = value ?? fromEnvironment(name)
  if (found === undefined) throw new CliError(`Pass ${flag}, or set FOGHORN_${name}.`)
  return found
}

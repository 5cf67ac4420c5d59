/** What uploads can be told by the environment. */
export type SettingName = 'URL' | 'AUTH_TOKEN' | 'ORG' | 'PROJECT' | 'RELEASE'

/** A setting from the environment; Sentry's name counts where ours is absent, so that a CI that uploads to Sentry works as it is. */
export const fromEnvironment = (name: SettingName, env: NodeJS.ProcessEnv = process.env): string | undefined =>
  env[`FOGHORN_${name}`] || env[`SENTRY_${name}`] || undefined

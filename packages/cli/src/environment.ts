import { fromEnvironment, type SettingName } from '@foghorn/artifacts/environment'
import { CliError } from './expected-error.ts'

/** A setting that has to be there: as given, else from the environment. */
export const required = (value: string | undefined, { flag, name }: { flag: string; name: SettingName }): string => {
  const found = value ?? fromEnvironment(name)
  if (found === undefined) throw new CliError(`Pass ${flag}, or set FOGHORN_${name}.`)
  return found
}

import type { Admin } from '@foghorn/server'
import type { Command } from 'commander'

/** The folder that a command acts on, or the file that names it. */
export interface DataFlags {
  data?: string
  config?: string
}

export const withDataOption = (command: Command): Command =>
  command
    .option('--data <folder>', 'data folder of the service (FOGHORN_DATA; default: ./foghorn-data)')
    .option(
      '--config <file>',
      'file with settings (FOGHORN_CONFIG; default: ./foghorn.config.json, where there is one)',
    )

/** Acts on the service's data folder itself; the service may be running or not. */
export const administrate = async <Result>(
  { data, config }: DataFlags,
  act: (admin: Admin) => Promise<Result>,
): Promise<Result> => {
  const { openAdmin, readConfig } = await import('@foghorn/server')
  const admin = await openAdmin(readConfig(process.env, { data, config }))
  try {
    return await act(admin)
  } finally {
    await admin.close()
  }
}

import type { Admin } from '@foghorn/server'
import type { Command } from 'commander'

/** The folder that a command acts on. */
export interface DataFlags {
  data?: string
}

export const withDataOption = (command: Command): Command =>
  command.option('--data <folder>', 'data folder of the service (FOGHORN_DATA; default: ./foghorn-data)')

/** Acts on the service's data folder itself; the service may be running or not. */
export const administrate = async <Result>(
  { data }: DataFlags,
  act: (admin: Admin) => Promise<Result>,
): Promise<Result> => {
  const { openAdmin, readConfig } = await import('@foghorn/server')
  const admin = await openAdmin(readConfig(process.env, { data }))
  try {
    return await act(admin)
  } finally {
    await admin.close()
  }
}

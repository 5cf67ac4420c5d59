import { mkdirSync } from 'node:fs'
import { lockFolder } from '../adapters/sqlite/folder-lock.ts'
import { ConfigError } from '../config.ts'

const IN_USE = (data: string): string =>
  `Another service runs on ${data}. Stop it, or choose another folder with --data or FOGHORN_DATA.`

/** Makes the data folder; where it holds events, for this service alone. Gives what lets others have it. */
export const takeFolder = (data: string, { isStore }: { isStore: boolean }): (() => void) => {
  mkdirSync(data, { recursive: true, mode: 0o700 })
  if (!isStore) return () => undefined
  const lock = lockFolder(data)
  if (lock) return lock.release
  throw new ConfigError(IN_USE(data))
}

/** A failure that the person at the terminal can put right. */
export class CliError extends Error {
  override name = 'CliError'
}

// By name and code: the classes live in packages that are loaded only when their command is.
const EXPECTED_NAMES = new Set([
  'CliError',
  'ArtifactsError',
  'ConfigError',
  'AdminError',
  'BackupError',
  'StoreError',
  'TransferError',
])
const EXPECTED_CODES = new Set(['EADDRINUSE', 'EACCES', 'EADDRNOTAVAIL', 'ENOSPC', 'EROFS'])

/** Whether an error's message is enough, as opposed to a bug of ours that needs its stack. */
export const isExpected = (error: unknown): error is Error =>
  error instanceof Error &&
  (EXPECTED_NAMES.has(error.name) ||
    EXPECTED_NAMES.has(error.constructor.name) ||
    EXPECTED_CODES.has((error as NodeJS.ErrnoException).code ?? ''))

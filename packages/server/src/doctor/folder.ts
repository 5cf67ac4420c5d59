import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { INBOX, MAIN, mainFile } from '../data-folder.ts'
import { findingsOr, type Check, type Finding } from './finding.ts'

const OPEN_TO_OTHERS = 0o077

const openToOthers = (path: string): boolean =>
  process.platform !== 'win32' && (statSync(path).mode & OPEN_TO_OTHERS) !== 0

const isWritable = (path: string): boolean => {
  try {
    accessSync(path, constants.R_OK | constants.W_OK)
    return true
  } catch {
    return false
  }
}

const lookAt = (data: string): Omit<Finding, 'check'>[] => {
  const found: Omit<Finding, 'check'>[] = []
  if (openToOthers(data))
    found.push({
      severity: 'warning',
      finding: `Other users of this machine may enter ${data}, which holds events and hashes of secrets.`,
      advice: `chmod 700 ${data}`,
    })
  for (const path of [data, ...[INBOX, MAIN].map((name) => `${data}/${name}`)].filter((one) => existsSync(one)))
    if (!isWritable(path))
      found.push({
        severity: 'error',
        finding: `${path} cannot be written by this user.`,
        advice: 'Give it to the user that runs the service: chown.',
      })
  return found
}

export const folder: Check = {
  name: 'folder',
  look: ({ data, databaseUrl }) => {
    if (!existsSync(databaseUrl === undefined ? mainFile(data) : data))
      return [
        {
          check: 'folder',
          severity: 'error',
          finding: `There is no store in ${data}.`,
          advice: 'Name its folder with --data or FOGHORN_DATA, or start the service once.',
        },
      ]
    return findingsOr('folder', lookAt(data), `${data} is there, and only for its owner.`)
  },
}

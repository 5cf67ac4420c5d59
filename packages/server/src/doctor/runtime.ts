import { findingsOr, type Check, type Finding } from './finding.ts'

// The first lines with security fixes (checked 2026-11).
const SUPPORTED_MAJOR = 22

const isLocal = (host: string): boolean => ['127.0.0.1', '::1', 'localhost'].includes(host)

export const runtime: Check = {
  name: 'runtime',
  look: () =>
    findingsOr(
      'runtime',
      Number(process.versions.node.split('.')[0]) >= SUPPORTED_MAJOR
        ? []
        : [
            {
              severity: 'warning',
              finding: `Node ${process.versions.node} gets no more security fixes.`,
              advice: 'Use Node 22 or newer.',
            },
          ],
      `Node ${process.versions.node}.`,
    ),
}

export const configuration: Check = {
  name: 'configuration',
  look: ({ host, publicUrl, role }) => {
    const found: Omit<Finding, 'check'>[] = []
    if (role.includes('web') && !isLocal(host) && publicUrl === undefined)
      found.push({
        severity: 'warning',
        finding: `The service listens on ${host}, and DSNs and links name that address.`,
        advice: 'Set FOGHORN_PUBLIC_URL to the origin under which browsers reach it.',
      })
    if (publicUrl?.startsWith('http:') && !isLocal(new URL(publicUrl).hostname))
      found.push({
        severity: 'warning',
        finding: `${publicUrl} is not encrypted: passwords and events can be read on the way.`,
        advice: 'Put a proxy with TLS in front, and set FOGHORN_PUBLIC_URL to its https origin.',
      })
    return findingsOr('configuration', found, 'Every setting is valid. See them with: foghorn config')
  },
}

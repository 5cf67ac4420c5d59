import type { FindHint } from './hint.ts'

const hostOf = (url: string | undefined): string | undefined =>
  url !== undefined && URL.canParse(url) ? new URL(url).host || undefined : undefined

/** It is thrown in a script that another host than the page's serves. */
export const thirdPartyHost: FindHint = ({ newest }) => {
  const frame = newest.stacks.at(-1)?.at(-1)
  const url = frame?.absPath ?? frame?.filename
  const [host, page] = [hostOf(url), hostOf(newest.payload.request?.url)]
  if (host === undefined || page === undefined || frame?.inApp || host.endsWith(page.split('.').slice(-2).join('.')))
    return undefined
  return {
    type: 'third-party-host',
    text: `It is thrown in a script of ${host}, on a page of ${page}.`,
    evidence: { host, page, script: url, function: frame?.function ?? null, eventID: newest.eventId },
  }
}

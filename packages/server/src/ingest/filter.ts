import type { NormalisedEvent } from '../event.ts'
import { matchesGlob } from './glob.ts'
import type { IngestSettings } from './ingest-settings.ts'
import { readClient, type Client } from './user-agent.ts'

export type FilterReason =
  | 'extension'
  | 'crawler'
  | 'localhost'
  | 'legacy-browser'
  | 'hydration'
  | 'third-party'
  | 'release'
  | 'message'

type Filter = (event: NormalisedEvent, settings: IngestSettings, client: Client) => boolean

const EXTENSION = /^(?:chrome|moz|safari|safari-web|ms-browser|edge)-extension:/i
const LOCAL_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]', '0.0.0.0'])

// Wordings of React 16 to 19 in development, and the numbers of the same errors in production (react.dev/errors, checked 2026-11).
const HYDRATION =
  /hydration failed|error while hydrating|does not match server-rendered html|text content does not match|minified react error #(?:418|419|422|423|425)\b/i

// The last versions that their makers no longer maintain; what is newer is taken.
const LEGACY_BELOW: Record<string, number> = { Chrome: 109, Firefox: 115, Safari: 15, 'Microsoft Edge': 109, Opera: 95 }

const scriptsOf = ({ payload }: NormalisedEvent): string[] =>
  payload.exception.flatMap(({ stacktrace }) =>
    (stacktrace?.frames ?? []).flatMap((frame) => frame.abs_path ?? frame.filename ?? []),
  )

const textsOf = ({ payload }: NormalisedEvent): string[] => {
  const { message, logentry, exception } = payload
  const thrown = exception.flatMap(({ type, value }) => [value ?? '', `${type ?? 'Error'}: ${value ?? ''}`])
  return [message, logentry?.formatted, logentry?.message, ...thrown].filter((text) => text !== undefined)
}

const hostOf = (url: string | undefined): string | undefined =>
  url !== undefined && URL.canParse(url) ? new URL(url).hostname : undefined

const isLegacy = ({ browser }: Client): boolean =>
  browser?.name === 'Internet Explorer' ||
  Number.parseInt(browser?.version ?? '', 10) < (LEGACY_BELOW[browser?.name ?? ''] ?? 0)

const FILTERS: Record<FilterReason, Filter> = {
  extension: (event, { filterExtensions }) => filterExtensions && EXTENSION.test(scriptsOf(event).at(-1) ?? ''),
  crawler: (_event, { filterCrawlers }, { device }) => filterCrawlers && device === 'bot',
  localhost: ({ payload }, { filterLocalhost }) =>
    filterLocalhost && LOCAL_HOSTS.has(hostOf(payload.request?.url) ?? ''),
  'legacy-browser': (_event, { filterLegacyBrowsers }, client) => filterLegacyBrowsers && isLegacy(client),
  hydration: (event, { filterHydration }) => filterHydration && textsOf(event).some((text) => HYDRATION.test(text)),
  'third-party': (event, { ownScripts }) => {
    const scripts = ownScripts.length > 0 ? scriptsOf(event) : []
    return scripts.length > 0 && !scripts.some((script) => ownScripts.some((glob) => matchesGlob(glob, script)))
  },
  release: ({ payload }, { filteredReleases }) =>
    filteredReleases.some((glob) => matchesGlob(glob, payload.release ?? '')),
  message: (event, { filteredMessages }) =>
    filteredMessages.length > 0 &&
    textsOf(event).some((text) => filteredMessages.some((glob) => matchesGlob(glob, text))),
}

const agentOf = ({ payload }: NormalisedEvent): string => {
  const headers = Object.entries(payload.request?.headers ?? {})
  return headers.find(([name]) => name.toLowerCase() === 'user-agent')?.[1] ?? ''
}

/** Why a project does not want this event; undefined when it does. */
export const filter = (event: NormalisedEvent, settings: IngestSettings): FilterReason | undefined => {
  const client = readClient(agentOf(event))
  const hit = Object.entries(FILTERS).find(([, isUnwanted]) => isUnwanted(event, settings, client))
  return hit?.[0] as FilterReason | undefined
}

import type { EventPayload, Level } from '@foghorn/protocol'

export const CATEGORIES = [
  'security',
  'resource',
  'network',
  'validation',
  'configuration',
  'third-party',
  'code',
] as const
export type Category = (typeof CATEGORIES)[number]

export const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const
export type Severity = (typeof SEVERITIES)[number]

/** What kind of fault it is and how bad, each with what told so. */
export interface Classification {
  category: Category
  categoryReason: string
  severity: Severity
  severityReason: string
}

// The first that fits decides. Wordings are those of Chromium, Firefox and WebKit, and of common libraries (checked 2026-11).
const WORDINGS: readonly [Category, RegExp][] = [
  [
    'security',
    /\bSecurityError\b|content security policy|^Blocked [\w-]{1,40} from |permission denied to access|cross-origin frame/i,
  ],
  [
    'resource',
    /\bChunkLoadError\b|loading (?:css )?chunk|dynamically imported module|importing a module script failed|failed to load (?:script|image|style|resource)/i,
  ],
  [
    'network',
    /failed to fetch|networkerror|load failed|network request failed|\bECONN\w{2,10}\b|\b(?:timed? ?out|timeout)\b|\bAxiosError\b|status code [45]\d\d/i,
  ],
  [
    'validation',
    /\b(?:ValidationError|ZodError|ValiError)\b|is required\b|must be (?:a|an|one of)\b|invalid (?:input|value|email|date|argument)/i,
  ],
  [
    'configuration',
    /not configured|missing (?:api key|environment variable|configuration)|is not registered|no provider for/i,
  ],
]

const TEXT_CHARS = 1000

const textOf = ({ exception, message, logentry }: EventPayload): string => {
  const thrown = exception.at(-1)
  const said = thrown ? `${thrown.type ?? ''}: ${thrown.value ?? ''}` : (logentry?.formatted ?? message ?? '')
  return said.slice(0, TEXT_CHARS)
}

const hostOf = (url: string | undefined): string | undefined =>
  url !== undefined && URL.canParse(url) ? new URL(url).host : undefined

/** The host of the script that failed, when it is not a part of the page's own. */
const foreignHost = ({ exception, request }: EventPayload): string | undefined => {
  const frame = exception.at(-1)?.stacktrace?.frames.at(-1)
  const [script, page] = [hostOf(frame?.abs_path ?? frame?.filename), hostOf(request?.url)]
  if (!script || !page) return undefined
  const site = page.split('.').slice(-2).join('.')
  return script.endsWith(site) ? undefined : script
}

const categorise = (payload: EventPayload): Pick<Classification, 'category' | 'categoryReason'> => {
  const text = textOf(payload)
  for (const [category, wording] of WORDINGS) {
    const words = wording.exec(text)?.[0]
    if (words !== undefined) return { category, categoryReason: `the message says "${words.trim()}"` }
  }
  const host = foreignHost(payload)
  if (host !== undefined) return { category: 'third-party', categoryReason: `it was thrown in a script of ${host}` }
  return { category: 'code', categoryReason: 'nothing tells of another cause' }
}

const isUnhandled = ({ exception }: EventPayload): boolean =>
  exception.some(({ mechanism }) => mechanism?.handled === false)

const weigh = (payload: EventPayload, level: Level, category: Category): [Severity, string] => {
  if (level === 'fatal') return ['critical', 'its level is fatal']
  if (level !== 'error') return ['low', `its level is ${level}`]
  if (category === 'security') return ['high', 'it is about security']
  if (category === 'third-party') return ['low', 'the script is not the page’s own']
  if (isUnhandled(payload)) return ['high', 'nothing caught it']
  return ['medium', 'it was caught']
}

export const classify = (payload: EventPayload, level: Level): Classification => {
  const found = categorise(payload)
  const [severity, severityReason] = weigh(payload, level, found.category)
  return { ...found, severity, severityReason }
}

import * as v from 'valibot'

// Browsers report violations in two forms: one object for `report-uri` (CSP level 2), a list for `report-to` (Reporting API).

const text = v.optional(v.fallback(v.string(), ''), '')

const Violation = v.pipe(
  v.object({
    'document-uri': text,
    'blocked-uri': text,
    'effective-directive': text,
    'violated-directive': text,
    disposition: text,
  }),
  v.transform((report) => ({
    page: report['document-uri'],
    blocked: report['blocked-uri'],
    directive: report['effective-directive'] || report['violated-directive'].split(' ')[0]!,
    disposition: report.disposition,
  })),
)
const Reported = v.object({ 'csp-report': Violation })

const Listed = v.pipe(
  v.object({
    type: v.literal('csp-violation'),
    body: v.object({ documentURL: text, blockedURL: text, effectiveDirective: text, disposition: text }),
  }),
  v.transform(({ body }) => ({
    page: body.documentURL,
    blocked: body.blockedURL,
    directive: body.effectiveDirective,
    disposition: body.disposition,
  })),
)

type Violation = v.InferOutput<typeof Violation>

const REPORTS_AT_MOST = 20

/** Blocked URLs differ from visit to visit; their origin is what a policy names. */
const originOf = (blocked: string): string => {
  if (!URL.canParse(blocked)) return blocked === '' || blocked === 'self' ? 'inline' : blocked.slice(0, 100)
  const { origin, protocol } = new URL(blocked)
  return origin === 'null' ? protocol : origin
}

const toEvent = ({ page, blocked, directive, disposition }: Violation) => ({
  platform: 'javascript',
  level: disposition === 'report' ? 'info' : 'warning',
  logger: 'csp',
  message: `Blocked ${directive} from ${originOf(blocked)}`,
  fingerprint: ['csp', directive, originOf(blocked)],
  tags: {
    'csp.directive': directive,
    'csp.blocked': originOf(blocked),
    ...(disposition && { 'csp.disposition': disposition }),
  },
  extra: { blocked },
  request: { url: page },
})

/** Events of the violations that a body reports; empty when it is no report. */
export const securityEvents = (json: unknown): ReturnType<typeof toEvent>[] => {
  const single = v.safeParse(Reported, json)
  if (single.success) return [toEvent(single.output['csp-report'])]
  const list = Array.isArray(json) ? json.slice(0, REPORTS_AT_MOST) : []
  return list.flatMap((entry) => {
    const report = v.safeParse(Listed, entry)
    return report.success ? [toEvent(report.output)] : []
  })
}

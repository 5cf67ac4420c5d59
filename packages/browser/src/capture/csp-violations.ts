import { maskSecrets } from '../enrich/mask.ts'
import { listen, type Source } from '../source.ts'

/** What the page's Content Security Policy refused. */
export const cspViolations = (): Source => (emit) =>
  listen<SecurityPolicyViolationEvent>(document, 'securitypolicyviolation', (violation) => {
    const { sourceFile: filename, lineNumber: lineno, columnNumber: colno } = violation
    emit.capture({
      value: {
        name: 'CspViolation',
        message: `${violation.effectiveDirective} blocked ${maskSecrets(violation.blockedURI)}`,
      },
      by: 'csp',
      handled: violation.disposition === 'report',
      place: { filename, lineno, colno },
    })
  })

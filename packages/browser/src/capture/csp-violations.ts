import { maskSecrets } from '../enrich/mask.ts'
import { listen, type Source } from '../source.ts'

/** What the page's Content Security Policy refused. */
export const cspViolations = (): Source => (emit) =>
  listen<SecurityPolicyViolationEvent>(document, 'securitypolicyviolation', (violation) => {
    const { effectiveDirective, blockedURI, disposition, sourceFile, lineNumber, columnNumber } = violation
    const message = `${effectiveDirective} blocked ${maskSecrets(blockedURI)}`
    emit.capture({
      value: { name: 'CspViolation', message },
      by: 'csp',
      handled: disposition === 'report',
      place: sourceFile && { filename: sourceFile, lineno: lineNumber, colno: columnNumber },
    })
  })

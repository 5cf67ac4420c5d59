const directivesOf = (policy: string): Map<string, string[]> =>
  new Map(
    policy.split(';').flatMap((directive): [string, string[]][] => {
      const [name, ...sources] = directive.trim().split(/\s+/)
      return name ? [[name.toLowerCase(), sources]] : []
    }),
  )

const allows = (source: string, target: URL, page: URL): boolean => {
  if (source === '*') return true
  if (source === "'self'") return target.origin === page.origin
  if (source === 'https:' || source === 'http:') return target.protocol === source
  const match = /^(?:(https?):\/\/)?(\*\.)?([\w.-]+)(?::(\d+|\*))?(?:\/.*)?$/i.exec(source)
  if (!match) return false
  const [, scheme, wildcard, host = '', port] = match
  const isHost = wildcard ? target.hostname.endsWith(`.${host}`) : target.hostname === host
  // A source of http also matches https (CSP 3, 6.7.2.8).
  const isScheme = scheme === undefined || target.protocol === `${scheme}:` || target.protocol === 'https:'
  return isHost && isScheme && (port === '*' || (port ?? '') === target.port)
}

/** Whether a page's policy lets its scripts send to an address; undefined when it does, else the directive that forbids it. */
export const findBlockingDirective = (policies: string[], target: URL, page: URL): string | undefined => {
  for (const policy of policies) {
    const directives = directivesOf(policy)
    const name = directives.has('connect-src') ? 'connect-src' : 'default-src'
    const sources = directives.get(name)
    if (sources && !sources.some((source) => allows(source, target, page))) return name
  }
  return undefined
}

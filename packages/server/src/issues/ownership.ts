// Who looks after what: rules that a project writes, and its repository's CODEOWNERS.
import ignore from 'ignore'
import { matchesGlob } from '../ingest/glob.ts'

/** What an event says about where it comes from. */
export interface Origin {
  /** Files of the project's own code, the nearest one first. */
  paths: readonly string[]
  /** The page. */
  url?: string | undefined
  tags: Readonly<Record<string, string>>
}

/** An owner is an e-mail address, `#team`, or a name as CODEOWNERS has it (`@org/team`, `@login`). */
export interface OwnershipRule {
  on: 'path' | 'url' | `tags.${string}`
  pattern: string
  owners: string[]
  matches: (text: string) => boolean
}

export interface ReadRules {
  rules: OwnershipRule[]
  /** What could not be read, for people. */
  errors: string[]
}

const MAX_LINES = 3000
const RULE = /^(path|url|tags\.[\w.:-]{1,200}):(\S+)$/

// A `#` begins a comment where a word begins, unless it names a team.
const withoutComment = (line: string): string => line.replace(/(^|\s)#(?:\s.*)?$/, '').trim()

const linesOf = (text: string): string[] => text.split(/\r?\n/, MAX_LINES).map((line) => line.trim())

const OWNER = /^(?:#[\w-]{1,64}|[^\s@#]{1,200}@[^\s@#]{1,200})$/

const readRule = (line: string): OwnershipRule | string => {
  const [matcher = '', ...owners] = line.split(/\s+/)
  const [, on, pattern] = RULE.exec(matcher) ?? []
  if (on === undefined || pattern === undefined)
    return `"${matcher}" is not a matcher. Write path:, url: or tags.<name>: before a pattern.`
  const wrong = owners.find((owner) => !OWNER.test(owner))
  if (wrong !== undefined) return `"${wrong}" is not an owner. Write an e-mail address or #team.`
  if (owners.length === 0) return `Nobody owns "${matcher}". Write e-mail addresses or #teams after it.`
  return { on: on as OwnershipRule['on'], pattern, owners, matches: (text) => matchesGlob(pattern, text) }
}

/** Reads rules as Sentry has them: `path:src/cart/* #shop ada@example.com`, one on a line. */
export const readOwnershipRules = (text: string): ReadRules => {
  const read: ReadRules = { rules: [], errors: [] }
  for (const [index, line] of linesOf(text).entries()) {
    if (line === '' || /^#(?:\s|$)/.test(line)) continue
    const rule = readRule(withoutComment(line))
    if (typeof rule === 'string') read.errors.push(`Line ${index + 1}: ${rule}`)
    else read.rules.push(rule)
  }
  return read
}

// GitHub's CODEOWNERS (checked 2026-11): patterns of gitignore without negation; escaped spaces belong to a pattern.
const CODEOWNERS_LINE = /^((?:\\\s|\S)+)((?:\s+[^\s#]\S*)*)/

const pathPattern = (pattern: string): ((path: string) => boolean) => {
  const matcher = ignore().add(pattern)
  // Unlike in a gitignore file, `docs/*` stands for the files in docs alone.
  const isShallow = pattern.endsWith('/*')
  const isDeep = (path: string): boolean =>
    path.includes('/') && matcher.ignores(path.slice(0, path.lastIndexOf('/') + 1))
  return (path) => ignore.isPathValid(path) && matcher.ignores(path) && !(isShallow && isDeep(path))
}

/** Reads a CODEOWNERS file of GitHub or GitLab; GitLab's sections are passed over. A pattern without owners is owned by nobody. */
export const readCodeowners = (text: string): OwnershipRule[] =>
  linesOf(text).flatMap((line) => {
    const [, pattern, owners = ''] = CODEOWNERS_LINE.exec(line) ?? []
    if (pattern === undefined || /^[#[^!]/.test(line)) return []
    return { on: 'path' as const, pattern, owners: owners.split(/\s+/).filter(Boolean), matches: pathPattern(pattern) }
  })

/** A source's path as it stands in the repository: bundlers write `webpack:///./src/a.ts`, `../../src/a.ts`, `~/src/a.ts`. */
export const repositoryPath = (source: string): string =>
  source
    .slice(0, 2048)
    .replace(/[?#].*$/s, '')
    .replace(/^[a-z][\w+.-]{1,30}:\/\/\/?(?:_N_E\/)?/i, '')
    .replace(/^(?:\.{0,2}\/|~\/)+/, '')

const subjectsOf = ({ paths, url, tags }: Origin): [on: OwnershipRule['on'], text: string][] => [
  ...paths.map((path): [OwnershipRule['on'], string] => ['path', path]),
  ...(url === undefined ? [] : [['url', url] as [OwnershipRule['on'], string]]),
  ...Object.entries(tags).map(([tag, value]): [OwnershipRule['on'], string] => [`tags.${tag}`, value]),
]

/**
 * The rule that holds for an event: code decides before the page, the nearest frame before those further out, and of several
 * rules the last one.
 */
export const findOwnershipRule = (rules: readonly OwnershipRule[], origin: Origin): OwnershipRule | undefined => {
  for (const [on, text] of subjectsOf(origin)) {
    const rule = rules.findLast((one) => one.on === on && one.matches(text))
    if (rule) return rule
  }
  return undefined
}

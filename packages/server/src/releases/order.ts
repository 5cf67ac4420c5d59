import { compare, parse, type SemVer } from 'semver'

export interface DatedRelease {
  version: string
  /** When it was released, or else first heard of. Milliseconds since 1970. */
  date: number
}

interface NumberedVersion {
  package: string
  number: SemVer
}

/** `shop@1.2.3-beta.1+45`; Sentry's clients put the package before the last "@". Two numbers are enough: `1.2` is `1.2.0`. */
const numbered = (version: string): NumberedVersion | undefined => {
  const at = version.lastIndexOf('@')
  const parts = /^(v?\d+\.\d+)(\.\d+)?([-+].*)?$/.exec(version.slice(at + 1))
  // Loose, because dates are taken for versions too, and have leading zeros.
  const number = parts && parse(`${parts[1]}${parts[2] ?? '.0'}${parts[3] ?? ''}`, { loose: true })
  return number ? { package: version.slice(0, Math.max(at, 0)), number } : undefined
}

/** The number of a build: `45` in `1.2.3+45`. Hashes of commits have no order. */
const buildNumber = ({ build }: SemVer): number | undefined =>
  build.length === 1 && /^\d{1,15}$/.test(build[0]!) ? Number(build[0]) : undefined

const compareNumbers = (a: SemVer, b: SemVer): number => {
  const [buildA, buildB] = [buildNumber(a), buildNumber(b)]
  const byBuild = buildA === undefined || buildB === undefined ? 0 : Math.sign(buildA - buildB)
  return compare(a, b) || byBuild
}

/**
 * Which of two releases is the later one: by semantic version where both have one of the same package, else by date.
 * Negative when the first is the earlier one, 0 when they cannot be told apart.
 */
export const compareReleases = (a: DatedRelease, b: DatedRelease): number => {
  if (a.version === b.version) return 0
  const [versionA, versionB] = [numbered(a.version), numbered(b.version)]
  const isNumbered = versionA && versionB && versionA.package === versionB.package
  return (isNumbered ? compareNumbers(versionA.number, versionB.number) : 0) || Math.sign(a.date - b.date)
}

/** The release right before this one; versions decide before dates, so that a late patch of an old line is no successor. */
export const previousRelease = <Release extends DatedRelease>(
  release: DatedRelease,
  among: readonly Release[],
): Release | undefined =>
  among
    .filter((other) => compareReleases(other, release) < 0)
    .reduce<Release | undefined>(
      (latest, other) => (latest && compareReleases(latest, other) >= 0 ? latest : other),
      undefined,
    )

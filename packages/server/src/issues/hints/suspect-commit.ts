import type { Commit } from '../../ports/releases.ts'
import { ownPaths } from '../origin.ts'
import type { FindHint } from './hint.ts'

/** A bundler may know only the end of a path in the repository, or a folder above it. */
const isSameFile = (a: string, b: string): boolean => a === b || a.endsWith(`/${b}`) || b.endsWith(`/${a}`)

export interface Suspect {
  commit: Commit
  /** The file of the stack that it touched, and how far out that is: 0 where the error was thrown. */
  path: string
  depth: number
}

const fileName = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** How far out the nearest file is that a commit touched; Infinity for one that touched none. */
const depthOf = ({ patchSet }: Commit, paths: readonly string[], byName: ReadonlyMap<string, number[]>): number =>
  patchSet.reduce((nearest, { path }) => {
    const depth = byName.get(fileName(path))?.find((index) => isSameFile(path, paths[index]!)) ?? Infinity
    return Math.min(nearest, depth)
  }, Infinity)

/** Commits that touched files of the stack: the nearest file first, of one file the newest commit first. */
export const findSuspects = (commits: readonly Commit[], paths: readonly string[]): Suspect[] => {
  const byName = new Map<string, number[]>()
  for (const [index, path] of paths.entries())
    byName.set(fileName(path), [...(byName.get(fileName(path)) ?? []), index])
  return commits
    .map((commit) => ({ commit, depth: depthOf(commit, paths, byName) }))
    .filter(({ depth }) => depth < Infinity)
    .map(({ commit, depth }) => ({ commit, depth, path: paths[depth]! }))
    .toSorted((a, b) => a.depth - b.depth)
}

const SHOWN = 3

const shown = ({ commit, path, depth }: Suspect) => ({
  id: commit.id,
  repository: commit.repository,
  message: commit.message,
  author: { name: commit.authorName, email: commit.authorEmail },
  dateCreated: commit.timestamp === null ? null : new Date(commit.timestamp).toISOString(),
  path,
  depth,
})

/** A commit of the release that it came with touched a file of its stack. */
export const suspectCommit: FindHint = ({ appearance, oldest, newest }) => {
  const paths = [...new Set([...ownPaths(newest), ...ownPaths(oldest)])]
  const suspects = findSuspects(appearance?.commits ?? [], paths)
  const [first] = suspects
  if (!first || !appearance) return undefined
  const { commit, path, depth } = first
  const author = commit.authorName ?? commit.authorEmail ?? 'somebody'
  const where = depth === 0 ? 'where it is thrown' : 'which its stack leads through'
  return {
    type: 'suspect-commit',
    text: `${commit.id.slice(0, 8)} by ${author} touched ${path}, ${where}.`,
    evidence: { release: appearance.version, commits: suspects.slice(0, SHOWN).map(shown) },
  }
}

import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { ArtifactsError } from './artifacts-error.ts'

/** A commit as releases are given it. */
export interface CommitBody {
  id: string
  author_name: string
  author_email: string
  timestamp: string
  message: string
  repository: string | null
  patch_set: { path: string; type: 'A' | 'M' | 'D' }[]
}

const BYTES = 64 * 1024 * 1024
// Separators that no name or message holds: record and unit separators of ASCII.
const FORMAT = '%x1e%H%x1f%an%x1f%ae%x1f%aI%x1f%B%x1f'

const git = async (folder: string, args: string[]): Promise<string> => {
  try {
    const { stdout } = await promisify(execFile)('git', ['-c', 'core.quotePath=false', ...args], {
      cwd: folder,
      maxBuffer: BYTES,
    })
    return stdout
  } catch (error) {
    const { code, stderr = '' } = error as { code?: unknown; stderr?: string }
    if (code === 'ENOENT') throw new ArtifactsError('git is not installed, or not on the PATH.')
    throw new ArtifactsError(`git ${args[0]} failed in ${folder}: ${stderr.trim().split('\n')[0]}`)
  }
}

/** `M\tpath`, or for renamed and copied files `R100\told\tnew`. */
const readChange = (line: string): CommitBody['patch_set'] => {
  const [status = '', path, renamed] = line.split('\t')
  if (path === undefined) return []
  if (renamed === undefined) return [{ path, type: status === 'A' || status === 'D' ? status : 'M' }]
  const added = { path: renamed, type: 'A' as const }
  return status.startsWith('R') ? [{ path, type: 'D' }, added] : [added]
}

const readCommit = (record: string, repository: string | null): CommitBody => {
  const [id = '', author_name = '', author_email = '', timestamp = '', message = '', changes = ''] =
    record.split('\x1f')
  const patch_set = changes.split('\n').filter(Boolean).flatMap(readChange)
  return { id, author_name, author_email, timestamp, message: message.trim(), repository, patch_set }
}

const nameOf = (remote: string): string | null => /[:/]([^:/]+\/[^:/]+?)(?:\.git)?\/?$/.exec(remote.trim())?.[1] ?? null

/** `owner/name` of the checkout's remote `origin`; null when there is none. */
const readRepository = async (folder: string): Promise<string | null> =>
  git(folder, ['remote', 'get-url', 'origin']).then(nameOf, () => null)

export const readHead = async (folder: string): Promise<string> => (await git(folder, ['rev-parse', 'HEAD'])).trim()

export interface CommitRange {
  /** Last commit that is not wanted; it has to be in the checkout. */
  after?: string
  /** At most so many, the newest. */
  limit: number
}

/** The commits of a checkout up to HEAD, newest first. Throws ArtifactsError when the folder is no checkout. */
export const readCommits = async (folder: string, { after, limit }: CommitRange): Promise<CommitBody[]> => {
  const repository = await readRepository(folder)
  const range = after === undefined ? 'HEAD' : `${after}..HEAD`
  const log = await git(folder, [
    'log',
    `--max-count=${limit}`,
    '--name-status',
    `--format=${FORMAT}`,
    '--end-of-options',
    range,
  ])
  return log
    .split('\x1e')
    .filter(Boolean)
    .map((record) => readCommit(record, repository))
}

/** Whether a checkout, which may be shallow, has a commit. */
export const hasCommit = async (folder: string, id: string): Promise<boolean> =>
  /^[\da-f]{7,64}$/.test(id) &&
  git(folder, ['cat-file', '-e', `${id}^{commit}`]).then(
    () => true,
    () => false,
  )

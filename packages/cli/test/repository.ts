import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from './program.ts'

/** A checkout of acme/shop. */
export const createRepository = () => {
  const folder = temporaryFolder()
  const git = (...args: string[]): string =>
    execFileSync('git', ['-c', 'user.name=Ada Ö', '-c', 'user.email=ada@acme.test', ...args], {
      cwd: folder,
      encoding: 'utf8',
    })
  git('init', '-q')
  git('remote', 'add', 'origin', 'git@git.acme.test:acme/shop.git')
  const commit = (message: string): string => {
    git('add', '-A')
    git('commit', '-q', '--allow-empty', '-m', message)
    return git('rev-parse', 'HEAD').trim()
  }
  return { folder, commit, write: (name: string, text: string) => writeFileSync(join(folder, name), text) }
}

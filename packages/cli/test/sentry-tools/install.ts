// Sentry's uploaders in the versions that people have. They are large, so that only the long tests install them.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

const FOLDER = fileURLToPath(new URL('.', import.meta.url))

export const isLong = Boolean(process.env['FOGHORN_LONG'])

/** Installs what the lock file here names, unless that is done. */
export const installSentryTools = (): void => {
  if (existsSync(`${FOLDER}node_modules`)) return
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: FOLDER, stdio: 'inherit' })
}

/** A module of theirs, by its name in the package.json here. */
export const requireTool = (name: string): any => createRequire(`${FOLDER}package.json`)(name)

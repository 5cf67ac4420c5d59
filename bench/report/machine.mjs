import { execFileSync } from 'node:child_process'
import { cpus, release, totalmem, type } from 'node:os'
import { ensureChromium } from '../../scripts/browsers.mjs'

const firstLine = (command, args) => {
  try {
    return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
      .trim()
      .split('\n')[0]
  } catch {
    return 'unknown'
  }
}

/** Where figures come from: they say little without it. */
export const describeMachine = async () => ({
  system: `${type()} ${release()}`,
  processor: `${cpus().length} × ${cpus()[0]?.model.trim() || 'unknown'}`,
  memoryGigabytes: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  chromium: firstLine(await ensureChromium(), ['--version']),
  commit: firstLine('git', ['rev-parse', '--short', 'HEAD']),
})

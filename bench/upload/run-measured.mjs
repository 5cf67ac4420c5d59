import { execFileSync, spawn } from 'node:child_process'

const POLL_MS = 25

/** Memory that a process holds, in bytes; 0 once it has ended. */
const residentBytes = (pid) => {
  try {
    return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) * 1024
  } catch {
    return 0
  }
}

/** Runs a program to its end: seconds, and the most memory it was seen to hold. */
export const runMeasured = (command, args, env) =>
  new Promise((resolve, reject) => {
    const start = performance.now()
    const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'] })
    let peak = 0
    let errors = ''
    child.stderr.on('data', (text) => (errors += text))
    const timer = setInterval(() => (peak = Math.max(peak, residentBytes(child.pid))), POLL_MS)
    child.on('exit', (code) => {
      clearInterval(timer)
      const seconds = (performance.now() - start) / 1000
      if (code === 0) resolve({ seconds, peak })
      else reject(new Error(`${command} ended with code ${code}: ${errors.slice(-500)}`))
    })
  })

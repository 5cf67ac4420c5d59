import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..')

const npmCommand = process.platform === 'win32' ? 'npm.cmd' : 'npm'

/** Runs a program in the checkout with its output shown; rejects when it fails. */
export const run = (command, args, options = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options })
    child.on('error', reject)
    child.on('exit', (code, signal) =>
      code === 0 ? resolve() : reject(new Error(`${command} ${args.join(' ')} ended with ${signal ?? `code ${code}`}`)),
    )
  })

export const npm = (args, options) => run(npmCommand, args, options)

/** Runs a tool that the install brought. */
export const tool = (name, args, options) => run(join(root, 'node_modules', '.bin', name), args, options)

/** Ends the process with the error's message alone: the tool that failed has shown its own output already. */
export const main = async (work) => {
  try {
    await work()
  } catch (error) {
    console.error(`\n${error.message}`)
    process.exitCode = 1
  }
}

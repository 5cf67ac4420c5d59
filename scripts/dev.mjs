// npm run dev: libraries rebuilt as they change, the service restarted with them, the dashboard with hot reload.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { build } from './build.mjs'
import { ensureInstalled } from './install.mjs'
import { main, root } from './run.mjs'

const bin = (name) => join(root, 'node_modules', '.bin', name)

await main(async () => {
  await ensureInstalled()
  await build()
  const children = [
    spawn(bin('tsc'), ['-b', '--watch', '--preserveWatchOutput'], { cwd: root, stdio: 'inherit' }),
    spawn(process.execPath, ['--watch', 'packages/cli/bin/foghorn.js', 'serve'], { cwd: root, stdio: 'inherit' }),
    spawn(bin('vite'), [], { cwd: join(root, 'packages/dashboard'), stdio: 'inherit' }),
  ]
  process.on('SIGINT', () => children.forEach((child) => child.kill('SIGINT')))
})

// Finds a NATS server for the tests, and installs one where none is and we may. Imports nothing that npm has to bring first.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const isThere = () => spawnSync(process.env.FOGHORN_NATS_SERVER ?? 'nats-server', ['--version']).status === 0

const isRootOnDebian = () => process.getuid?.() === 0 && existsSync('/etc/debian_version')

/** Without one the tests that need it are skipped, and say so. */
export const ensureNats = () => {
  if (isThere() || !isRootOnDebian()) return
  process.stdout.write('No nats-server found: installing one.\n')
  const run = (args) => spawnSync('apt-get', args, { stdio: 'inherit' }).status === 0
  if (run(['update'])) run(['install', '-y', '--no-install-recommends', 'nats-server'])
}

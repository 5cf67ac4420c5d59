// Where tests put the hundreds of small stores that they make: in memory where that can be, since each waits for the disk otherwise.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const IN_MEMORY = '/dev/shm'
const NEEDED_BYTES = 4e9

const hasRoom = (folder) => {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize >= NEEDED_BYTES
}

/** Some machines let nothing be run from there, which tests of installed packages have to. */
const letsRun = (folder) => {
  const program = join(folder, 'program')
  writeFileSync(program, '#!/bin/sh\n', { mode: 0o755 })
  const { status } = spawnSync(program)
  rmSync(program)
  return status === 0
}

const makeIn = (parent) => {
  const folder = mkdtempSync(join(parent, 'foghorn-scratch-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A folder for temporary files, which goes with this process. */
export const scratchFolder = () => {
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1))
  if (existsSync(IN_MEMORY) && hasRoom(IN_MEMORY)) {
    const folder = makeIn(IN_MEMORY)
    if (letsRun(folder)) return folder
  }
  return makeIn(tmpdir())
}

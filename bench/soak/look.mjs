// What a running service holds: memory and handles by the system, files by the folder.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

const MEGABYTE = 1e6

const sizeOf = (folder, isWanted = () => true) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && isWanted(entry.name))
    .map(({ parentPath, name }) => statSync(join(parentPath, name), { throwIfNoEntry: false })?.size ?? 0)
    .reduce((sum, size) => sum + size, 0) / MEGABYTE

const statusOf = (pid, name) =>
  Number(new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1])

export const lookAt = (pid, data) => ({
  residentMegabytes: (statusOf(pid, 'VmRSS') * 1024) / MEGABYTE,
  threads: statusOf(pid, 'Threads'),
  handles: readdirSync(`/proc/${pid}/fd`).length,
  storeMegabytes: sizeOf(data, (name) => name.startsWith('foghorn.db')),
  inboxMegabytes: sizeOf(data, (name) => name.startsWith('inbox.db')),
  folderMegabytes: sizeOf(data),
})

/** Growth for each step, by least squares. */
export const slopeOf = (values) => {
  const mean = (list) => list.reduce((sum, value) => sum + value, 0) / list.length
  const [x, y] = [(values.length - 1) / 2, mean(values)]
  const over = values.reduce((sum, value, index) => sum + (index - x) * (value - y), 0)
  return over / values.reduce((sum, _value, index) => sum + (index - x) ** 2, 0)
}

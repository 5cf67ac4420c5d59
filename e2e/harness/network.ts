// Machines on a network of their own, each of which can be cut off from it. They are network namespaces of Linux, which only
// root may make: elsewhere there are none, and everything runs on this machine's own addresses.
import { execFile, spawnSync } from 'node:child_process'
import { promisify } from 'node:util'

export interface Machine {
  address: string
  /** What a command begins with that is to run there. */
  within: readonly string[]
  /** From now on nothing gets through in either direction, and neither side is told. */
  cut(): Promise<void>
  mend(): Promise<void>
}

export interface Network {
  /** The machine of whoever made it. */
  here: Machine
  /** Its addresses, as `address/bits`. */
  range: string
  add(): Promise<Machine>
  close(): Promise<void>
}

const ip = async (...args: string[]): Promise<void> => void (await promisify(execFile)('ip', args))

// A worker that is stopped half-way must not leave namespaces behind.
const left = new Set<string>()
process.once('exit', () => left.forEach((space) => spawnSync('ip', ['netns', 'del', space])))

let made = 0

/** Of the addresses for tests of networks (RFC 2544): tests that run at once get others. */
const prefixFor = (count: number): string => `198.${18 + (process.pid % 2)}.${(process.pid + count) % 256}`

/** Undefined where no machines can be had. */
export const createNetwork = async (): Promise<Network | undefined> => {
  const count = (made += 1)
  const [name, prefix] = [`foghorn-${process.pid}-${count}`, prefixFor(count)]
  const spaces: string[] = []
  const addSpace = async (space: string): Promise<void> => {
    await ip('netns', 'add', space)
    spaces.push(space)
    left.add(space)
  }
  const close = async (): Promise<void> => {
    for (const space of spaces.splice(0).toReversed()) {
      await ip('netns', 'del', space)
      left.delete(space)
    }
  }
  const hub = `${name}-hub`
  const onHub = (...args: string[]): Promise<void> => ip('-n', hub, ...args)
  /** Lays a cable from the hub to a namespace, which is named or given by a process in it. */
  const connect = async (
    number: number,
    to: string,
    end: string,
  ): Promise<Pick<Machine, 'address' | 'cut' | 'mend'>> => {
    const port = `port${number}`
    await onHub('link', 'add', port, 'type', 'veth', 'peer', 'name', end, 'netns', to)
    await onHub('link', 'set', port, 'master', 'hub', 'up')
    return {
      address: `${prefix}.${number}`,
      cut: () => onHub('link', 'set', port, 'down'),
      mend: () => onHub('link', 'set', port, 'up'),
    }
  }
  const setUp = async (space: readonly string[], address: string, end: string): Promise<void> => {
    await ip(...space, 'address', 'add', `${address}/24`, 'dev', end)
    await ip(...space, 'link', 'set', end, 'up')
  }
  try {
    await addSpace(hub)
    await onHub('link', 'add', 'hub', 'type', 'bridge')
    await onHub('link', 'set', 'hub', 'up')
    const end = `fog${process.pid}-${count}`
    const here = await connect(1, String(process.pid), end)
    await setUp([], here.address, end)
    let last = 1
    const add = async (): Promise<Machine> => {
      const number = (last += 1)
      const space = `${name}-${number}`
      await addSpace(space)
      const cable = await connect(number, space, 'eth0')
      await ip('-n', space, 'link', 'set', 'lo', 'up')
      await setUp(['-n', space], cable.address, 'eth0')
      return { ...cable, within: ['ip', 'netns', 'exec', space] }
    }
    return { here: { ...here, within: [] }, range: `${prefix}.0/24`, add, close }
  } catch {
    await close()
    return undefined
  }
}

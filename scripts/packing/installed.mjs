// What npm installs with the packages, by the lock file: no development tools, no optional peers.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../run.mjs'

const { packages: LOCKED } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))

const parentOf = (place) => place.slice(0, Math.max(0, place.lastIndexOf('/node_modules/', place.length - 2)))

/** Where a package finds another: in its own node_modules, else in those above. Undefined when it is not installed. */
export const placeOf = (name, from) => {
  const place = `${from === '' ? '' : `${from}/`}node_modules/${name}`
  if (LOCKED[place]) return LOCKED[place].link ? LOCKED[place].resolved : place
  return from === '' ? undefined : placeOf(name, parentOf(from))
}

const isOptional = ({ peerDependenciesMeta = {} }, name) => peerDependenciesMeta[name]?.optional

/** Our own peers, such as React, are the program's that we are installed into. */
const peersOf = (entry, place) =>
  place.includes('node_modules/')
    ? Object.keys(entry.peerDependencies ?? {}).filter((name) => !isOptional(entry, name))
    : []

const neededBy = (place) => {
  const entry = LOCKED[place]
  return [...Object.keys({ ...entry.dependencies, ...entry.optionalDependencies }), ...peersOf(entry, place)]
}

/** Places in the lock file of all that is installed with the packages in these folders, themselves included. */
export const installedWith = (folders) => {
  const found = new Set()
  const visit = (place) => {
    if (place === undefined || found.has(place)) return
    found.add(place)
    for (const name of neededBy(place)) visit(placeOf(name, place))
  }
  folders.forEach(visit)
  return [...found]
}

export const nameOf = (place) => LOCKED[place].name ?? place.split('node_modules/').at(-1)

/** What the lock file says of a package. */
export const lockedAt = (place) => LOCKED[place]

// The program whose faults the matrix is about: 22 of them, in four releases that differ in everything else.

const FAULTS = `
import { find, currency, ignore } from './shop.js'

export class PaymentError extends Error {
  name = 'PaymentError'
}

class Cart {
  items = undefined
  add(item) {
    return this.items.concat(item)
  }
  get total() {
    return this.items.length
  }
  constructor(isBroken) {
    if (isBroken) this.owner.greet()
  }
}

const frozen = Object.freeze({ price: 1 })
const deepen = (depth) => 1 + deepen(depth + 1)

export const faults = {
  readPrice: () => find('none').price,
  readNull: () => find(null).name.first,
  writeTotal: () => {
    find('none').total = 1
  },
  callMissing: () => find('cart').checkout(),
  spreadNumber: () => Math.max(...find('count')),
  useUndeclared: () => undeclaredThing + 1,
  parseSettings: () => JSON.parse(find('settings')),
  recurse: () => deepen(0),
  refusePayment: () => {
    throw new PaymentError('card refused')
  },
  failOrder: () => {
    throw new Error('order ' + currency(RELEASE * 1000 + 17) + ' failed')
  },
  makeArray: () => new Array(find('negative')),
  makeUrl: () => new URL(find('settings')),
  decodeName: () => decodeURIComponent(find('percent')),
  rejectLater: async () => {
    await null
    throw new Error('stock service unavailable')
  },
  addToCart: () => new Cart(false).add('apple'),
  readCartTotal: () => new Cart(false).total,
  buildCart: () => new Cart(true),
  mapItems: () => [find('cart')].map((item) => item.vendor.name),
  changeFrozen: () => {
    frozen.price = 2
  },
  wrapCause: () => {
    try {
      find('none').stock()
    } catch (cause) {
      throw new Error('checkout failed', { cause })
    }
  },
  failSave: () => {
    throw new Error('failed')
  },
  failLoad: () => {
    throw new Error('failed')
  },
}
`

const SHOP = `
const things = { cart: { checkout: 'later' }, count: 5, settings: '{broken', negative: -1, percent: '%' }
export const find = (key) => (key === null ? { name: null } : things[key])
export const currency = (amount) => String(amount)
export const ignore = () => undefined
`

const MAIN = `
import { faults } from './faults.js'
import { start } from './unrelated.js'
start()
globalThis.runCases = async () => {
  const reports = []
  for (const [name, run] of Object.entries(faults)) {
    try {
      await run()
    } catch (error) {
      const { name: type, message, stack } = error
      reports.push({ fault: name, type, message, stack })
    }
  }
  return reports
}
`

const helper = (release, index) => `
export const helper${release}x${index} = (value) => {
  const doubled = value * ${release + index}
  if (doubled > ${index * 7}) document.title = 'helper ' + doubled
  return doubled
}
`

/** Code that changes with each release: other functions, other lines, other names after minifying. */
const unrelated = (release) => {
  const helpers = Array.from({ length: release * 3 }, (_, index) => helper(release, index))
  const calls = helpers.map((_, index) => `helper${release}x${index}(${index})`)
  return `${helpers.join('')}\nexport const start = () => [${calls.join(', ')}]\n`
}

/** Sources of a release by file name. */
export const sourcesOf = (release) => ({
  'main.js': MAIN,
  'unrelated.js': unrelated(release),
  'shop.js': `${helper(release, 99).repeat(release > 2 ? 1 : 0)}${SHOP}`,
  'faults.js': `${'// A line more for each release.\n'.repeat(release * 2)}const RELEASE = ${release}\n${FAULTS}`,
})

import { Cart } from './cart.js'

const checkOut = () => new Cart([{ name: 'lamp' }]).total()

// In a task of its own: until the one that failed has ended, Sentry's SDK takes further errors for the same.
const redeemLater = () => setTimeout(() => import('./lazy.js').then(({ redeem }) => redeem({})))

/** Two failures that nobody catches: one of the first script, then one of a script that is loaded later. */
export const breakTwice = () => {
  addEventListener('error', redeemLater, { once: true })
  setTimeout(checkOut)
}

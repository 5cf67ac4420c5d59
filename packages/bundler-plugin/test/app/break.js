import { Cart } from './cart.js'

const checkOut = () => new Cart([{ name: 'lamp' }]).total()

/** Two failures that nobody catches: one of the first script, one of a script that is loaded later. */
export const breakTwice = () => {
  setTimeout(checkOut)
  void import('./lazy.js').then(({ redeem }) => redeem({}))
}

import type { Cart } from '../cart/Cart.ts'
import { money } from '../catalog/money.ts'

/** Tells what a coupon is worth for this cart. */
export const applyCoupon = async (code: string, cart: Cart): Promise<string> => {
  const { discount } = await import('./coupons.ts')
  return `${money(discount(code, cart.cents))} off`
}

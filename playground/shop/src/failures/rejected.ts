// Failures of asynchronous code: each ends as an unhandled rejection.
import { Cart } from '../cart/Cart.ts'
import { lantern, rope } from '../catalog/products.ts'
import { confirm, placeOrder } from '../checkout/checkout.ts'
import { applyCoupon } from '../coupons/apply.ts'

const cart = new Cart().add(lantern).add(rope)

export const withError = (): void => {
  void Promise.reject(new Error('The ferry is not running'))
}

export const withString = (): void => {
  void Promise.reject('Fog on the line')
}

export const withObject = (): void => {
  void Promise.reject({ code: 'E_FOG', visibility: 40, pier: 'north' })
}

/** The order goes through; reading its answer does not. */
export const afterAwait = (): void => {
  void confirm(cart, 'pickup')
}

/** The code that throws is in a chunk of its own, loaded at the first click. */
export const inLazyChunk = (): void => {
  void applyCoupon('SPRINGTIDE', cart)
}

/** The server refuses an empty order. */
export const afterFailedFetch = (): void => {
  void placeOrder(new Cart(), 'delivery')
}

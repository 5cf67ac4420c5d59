import { money } from './money.ts'
import type { Offer, Product } from './products.ts'

const percentOff = (cents: number, offer: Offer): number => {
  const saved = offer.before.cents - cents
  return Math.round((saved / offer.before.cents) * 100)
}

/** `25 % off until Sunday`. */
export const offerText = (product: Product, offer: Offer): string => {
  const percent = percentOff(product.cents, offer)
  return `${percent} % off until ${offer.until}`
}

/** What the loudspeaker in the shop says about a product. */
export const announce = (product: Product): string => {
  const words = [product.name, money(product.cents)]
  if (product.offer) words.push(offerText(product, product.offer))
  return words.join(', ')
}

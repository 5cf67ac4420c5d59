// Failures that reach the window by themselves: nothing here catches or reports.
import { Cart } from '../cart/Cart.ts'
import { announce } from '../catalog/offers.ts'
import { type Offer, type Product, horn, lantern } from '../catalog/products.ts'
import { recommend } from '../recommendations/RecommendationIsland.tsx'

/** An offer as the catalogue service sends it on bad days: without the price before. */
const brokenOffer = { until: 'Sunday' } as Offer

export const inEventHandler = (): void => {
  announce({ ...horn, offer: brokenOffer })
}

export const inMethod = (): void => {
  new Cart().add(lantern).setQuantity(lantern, -2)
}

export const whileRendering = (): void => {
  recommend([lantern, {} as Product])
}

export const inTimer = (): void => {
  setTimeout(function closeShop() {
    throw new Error('The shop closed while you were looking around')
  }, 10)
}

export const asString = (): void => {
  setTimeout(() => {
    throw 'The tide table is out of date'
  })
}

const readPriceList = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Error('The price list cannot be read', { cause })
  }
}

export const withCause = (): void => {
  readPriceList('{"lantern": 5900,')
}

export const withSeveralCauses = (): void => {
  const north = new Error('The northern warehouse does not answer')
  const south = new RangeError('The southern warehouse has -3 left')
  throw new AggregateError([north, south], 'No warehouse has the horn')
}

export const fromTheDom = (): void => {
  document.createElement('nav').removeChild(document.body)
}

export const thenNavigate = (): void => {
  location.assign('/bye.html')
  throw new Error('The customer left before this was said')
}

/** A lower price for a while. */
export interface Offer {
  until: string
  /** The price before, which the customer is shown struck through. */
  before: { cents: number }
}

export interface Product {
  id: string
  name: string
  note: string
  story: string
  cents: number
  /** SVG path data on a 48 x 48 field. */
  outline: string
  offer?: Offer
}

export const lantern: Product = {
  id: 'lantern',
  name: 'Storm lantern',
  note: 'Burns for twenty hours',
  story:
    'Pressed tin, a wind-proof chimney and a handle that stays cool. The keeper at Grey Point has had hers since 1974.',
  cents: 5900,
  outline: 'M16 16h16l4 24H12zM18 16a6 7 0 0 1 12 0M10 42h28M20 22h8v12h-8z',
  offer: { until: 'Sunday', before: { cents: 7900 } },
}

export const rope: Product = {
  id: 'rope',
  name: 'Manila rope',
  note: 'Thirty metres, three strands',
  story: 'Laid by hand, tarred once, and still smelling of it. Floats for a minute, holds for years.',
  cents: 2450,
  outline: 'M24 10a14 14 0 1 0 .1 0M24 17a7 7 0 1 0 .1 0M24 24l16 16',
}

export const compass: Product = {
  id: 'compass',
  name: 'Brass compass',
  note: 'Points north, mostly',
  story: 'Liquid-damped, in a box of pear wood. Keep it away from the lantern.',
  cents: 8800,
  outline: 'M24 8a16 16 0 1 0 .1 0M24 14l5 10-5 10-5-10zM24 8v3M24 37v3M8 24h3M37 24h3',
}

export const raincoat: Product = {
  id: 'raincoat',
  name: 'Oilskin coat',
  note: 'Yellow, as it should be',
  story: 'Waxed cotton, storm flap, deep pockets. Heavier than it looks and worth it.',
  cents: 14900,
  outline: 'M18 9h12l8 8-4 6-3-2v19H17V21l-3 2-4-6zM24 12v28M19 28h3M26 28h3',
}

export const mug: Product = {
  id: 'mug',
  name: 'Deck mug',
  note: 'Hard to tip over',
  story: 'Enamel with a broad foot and a narrow rim, so that the coffee stays in when the boat does not.',
  cents: 1600,
  outline: 'M12 18h20v14a8 8 0 0 1-8 8h-4a8 8 0 0 1-8-8zM32 21h4a4 4 0 0 1 0 10h-4M18 8v5M25 8v5',
}

export const horn: Product = {
  id: 'horn',
  name: 'Hand foghorn',
  note: 'Two notes, one mile',
  story: 'Turn the handle, wake the harbour. Not for indoor use.',
  cents: 11200,
  outline: 'M8 20h8l18-10v28L16 28H8zM38 18a8 8 0 0 1 0 12M12 28v8h5v-7',
}

export const products: readonly Product[] = [lantern, rope, compass, raincoat, mug, horn]

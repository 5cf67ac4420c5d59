import { placesIn } from './places.ts'

export const placeInShop = placesIn('playground/shop')

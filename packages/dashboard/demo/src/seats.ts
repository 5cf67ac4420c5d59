interface Deck {
  name: string
  rows: string[][]
}

const decks: Deck[] = [{ name: 'Upper deck', rows: [['1A', '1B']] }]

const seatAt = (deck: Deck, row: number, place: number): string => deck.rows[row]![place]!

/** Chosen on the plan, where the lower deck is drawn too. */
export const chooseSeat = (deckName: string, row: number, place: number): string => {
  const deck = decks.find(({ name }) => name === deckName) ?? decks[0]!
  return seatAt(deck, row, place)
}

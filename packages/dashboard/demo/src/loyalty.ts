interface Card {
  points: number
}

const readCard = async (): Promise<Card> => {
  throw new TypeError('Failed to fetch')
}

export const addPoints = async (points: number): Promise<number> => {
  const card = await readCard()
  return card.points + points
}

export interface Crossing {
  id: string
  from: string
  to: string
  fare?: { adult: number; currency: string }
}

/** The service forgets fares of crossings that are not on sale yet. */
export const crossings: Crossing[] = [
  { id: 'north', from: 'Keld', to: 'Sanda', fare: { adult: 1200, currency: 'EUR' } },
  { id: 'night', from: 'Keld', to: 'Outer Skerry' },
]

export const findCrossing = (id: string): Crossing => {
  const crossing = crossings.find((candidate) => candidate.id === id)
  if (!crossing) throw new RangeError(`No crossing ${id} in the timetable`)
  return crossing
}

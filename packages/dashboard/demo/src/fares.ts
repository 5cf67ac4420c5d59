import { findCrossing, type Crossing } from './timetable.ts'

const fareOf = (crossing: Crossing): number => {
  // Wrong on purpose: a crossing that is not on sale yet has no fare.
  const { adult } = crossing.fare as { adult: number }
  return adult
}

/** What a trip costs for so many people, in cents. */
export const totalFare = (crossingId: string, passengers: number): number => {
  const crossing = findCrossing(crossingId)
  return fareOf(crossing) * passengers
}

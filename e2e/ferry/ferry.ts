export class Ferry {
  readonly name: string
  readonly seats: number

  constructor(name: string, seats: number) {
    this.name = name
    this.seats = seats
  }

  board(passengers: number): number {
    if (passengers > this.seats) {
      throw new RangeError(`${this.name} has ${this.seats} seats for ${passengers} passengers`)
    }
    return this.seats - passengers
  }

  depart(passengers: number): string {
    const free = this.board(passengers)
    return `${this.name} leaves with ${free} seats free`
  }
}

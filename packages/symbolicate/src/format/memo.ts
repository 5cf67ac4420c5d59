/** Remembers as many values as it has places, each in one place: a newer one takes it over. Nothing has to be evicted. */
export class Memo<T> {
  readonly #owners: Int32Array
  readonly #numbers: Int32Array
  /** Where the value of a place stands in the list of values, which grows with use. */
  readonly #values: T[] = []
  readonly #valueAt: Int32Array

  /** @param places - A power of two. */
  constructor(places: number) {
    this.#owners = new Int32Array(places)
    this.#numbers = new Int32Array(places)
    this.#valueAt = new Int32Array(places)
  }

  /** What was set for a number of an owner; owners count from 1. */
  get(owner: number, number: number): T | undefined {
    const at = this.#placeOf(owner, number)
    return this.#numbers[at] === number && this.#owners[at] === owner ? this.#values[this.#valueAt[at]!] : undefined
  }

  set(owner: number, number: number, value: T): void {
    const at = this.#placeOf(owner, number)
    if (this.#owners[at] === 0) this.#valueAt[at] = this.#values.length
    this.#owners[at] = owner
    this.#numbers[at] = number
    this.#values[this.#valueAt[at]!] = value
  }

  #placeOf(owner: number, number: number): number {
    // Neighbours of one owner stay neighbours; other owners begin elsewhere.
    return (number + Math.imul(owner, 0x9e3779b1)) & (this.#owners.length - 1)
  }
}

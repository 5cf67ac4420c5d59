export class Cart {
  constructor(items) {
    this.items = items
  }

  total() {
    return this.items.reduce((sum, item) => sum + item.price.amount, 0)
  }
}

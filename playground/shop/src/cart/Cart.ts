import type { Product } from '../catalog/products.ts'

/** How many of a product the customer wants. */
export interface Line {
  product: Product
  quantity: number
}

/** What the customer has chosen. A cart never changes: every change is a new one. */
export class Cart {
  readonly lines: readonly Line[]

  constructor(lines: readonly Line[] = []) {
    this.lines = lines
  }

  add(product: Product): Cart {
    return this.setQuantity(product, this.quantityOf(product) + 1)
  }

  setQuantity(product: Product, quantity: number): Cart {
    if (quantity < 0) {
      throw new RangeError(`The cart cannot hold ${quantity} of ${product.id}`)
    }
    const others = this.lines.filter((line) => line.product.id !== product.id)
    return new Cart(quantity === 0 ? others : [...others, { product, quantity }])
  }

  quantityOf(product: Product): number {
    return this.lines.find((line) => line.product.id === product.id)?.quantity ?? 0
  }

  get cents(): number {
    return this.lines.reduce((sum, line) => sum + line.product.cents * line.quantity, 0)
  }
}

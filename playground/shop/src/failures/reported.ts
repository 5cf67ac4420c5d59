// Failures that the page knows of and reports itself.
import { captureException, captureMessage } from '@foghorn/browser'
import { Cart } from '../cart/Cart.ts'
import { compass } from '../catalog/products.ts'

export const exception = (): void => {
  try {
    new Cart().setQuantity(compass, Number.NEGATIVE_INFINITY)
  } catch (error) {
    captureException(error)
  }
}

export const message = (): void => {
  captureMessage('The last compass was sold', 'warning')
}

/** An image that the server does not have: no exception, but a broken page all the same. */
export const brokenImage = (): void => {
  const image = new Image(1, 1)
  image.src = `/pictures/horn-${Date.now()}.webp`
  document.body.append(image)
}

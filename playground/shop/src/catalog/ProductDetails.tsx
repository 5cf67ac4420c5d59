import { useEffect, useRef } from 'react'
import { Artwork } from './Artwork.tsx'
import { money } from './money.ts'
import type { Product } from './products.ts'

/** Loaded when a product is first opened. */
const ProductDetails = ({ product, onClose }: { product: Product; onClose: () => void }) => {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} className="details" data-testid="details" onClose={onClose} aria-label={product.name}>
      <Artwork outline={product.outline} />
      <div>
        <h2>{product.name}</h2>
        <p>{product.story}</p>
        <p>
          <strong>{money(product.cents)}</strong>
        </p>
        <button onClick={() => dialog.current?.close()}>Close</button>
      </div>
    </dialog>
  )
}

export default ProductDetails

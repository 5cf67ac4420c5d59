import { useEffect, useRef } from 'react'
import { type Root, createRoot } from 'react-dom/client'
import { mug, rope } from '../catalog/products.ts'
import type { Product } from '../catalog/products.ts'
import { Recommendations } from './Recommendations.tsx'

let root: Root | undefined

/** Shows other products, from wherever on the page. */
export const recommend = (products: readonly Product[]): void => root?.render(<Recommendations products={products} />)

/** A root of its own, as widgets of other teams have: a render that fails empties this corner and not the shop. */
export const RecommendationIsland = () => {
  const corner = useRef<HTMLDivElement>(null)
  useEffect(() => {
    root = createRoot(corner.current as HTMLElement)
    recommend([mug, rope])
    return () => root?.unmount()
  }, [])
  return (
    <section className="panel" aria-label="Recommendations">
      <h2>Goes well with fog</h2>
      <div ref={corner} />
    </section>
  )
}

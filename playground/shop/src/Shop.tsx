import { Suspense, lazy, useState } from 'react'
import { Cart } from './cart/Cart.ts'
import { CartPanel } from './cart/CartPanel.tsx'
import { ProductGrid } from './catalog/ProductGrid.tsx'
import type { Product } from './catalog/products.ts'
import { FailurePanel } from './failures/FailurePanel.tsx'
import { RecommendationIsland } from './recommendations/RecommendationIsland.tsx'

const ProductDetails = lazy(() => import('./catalog/ProductDetails.tsx'))

export const Shop = () => {
  const [cart, setCart] = useState(() => new Cart())
  const [shown, setShown] = useState<Product>()
  return (
    <>
      <header className="masthead">
        <h1>Lantern &amp; Rope</h1>
        <p>Good things for grey weather</p>
      </header>
      <main className="shop">
        <ProductGrid onAdd={(product) => setCart(cart.add(product))} onShow={setShown} />
        <aside>
          <CartPanel cart={cart} onChange={setCart} />
          <RecommendationIsland />
        </aside>
        <FailurePanel />
      </main>
      {shown && (
        <Suspense fallback={null}>
          <ProductDetails product={shown} onClose={() => setShown(undefined)} />
        </Suspense>
      )}
    </>
  )
}

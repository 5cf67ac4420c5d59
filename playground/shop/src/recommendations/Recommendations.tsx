import type { Product } from '../catalog/products.ts'

const Recommendation = ({ product }: { product: Product }) => <li>{product.name.toLowerCase()}</li>

export const Recommendations = ({ products }: { products: readonly Product[] }) => (
  <ul className="lines" data-testid="recommendations">
    {products.map((product, index) => (
      <Recommendation key={index} product={product} />
    ))}
  </ul>
)

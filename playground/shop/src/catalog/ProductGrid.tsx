import { Artwork } from './Artwork.tsx'
import { money } from './money.ts'
import { offerText } from './offers.ts'
import { type Product, products } from './products.ts'

interface Actions {
  onAdd: (product: Product) => void
  onShow: (product: Product) => void
}

const ProductCard = ({ product, onAdd, onShow }: Actions & { product: Product }) => (
  <li className="card">
    <button className="card-art" data-testid={`show-${product.id}`} onClick={() => onShow(product)}>
      <Artwork outline={product.outline} />
      <span className="visually-hidden">About {product.name}</span>
    </button>
    <h3>{product.name}</h3>
    <p className="note">{product.note}</p>
    {product.offer && <p className="offer">{offerText(product, product.offer)}</p>}
    <div className="card-foot">
      <strong>{money(product.cents)}</strong>
      <button data-testid={`add-${product.id}`} onClick={() => onAdd(product)}>
        Add
      </button>
    </div>
  </li>
)

export const ProductGrid = (actions: Actions) => (
  <section aria-label="Products">
    <ul className="grid">
      {products.map((product) => (
        <ProductCard key={product.id} product={product} {...actions} />
      ))}
    </ul>
  </section>
)

import { useState } from 'react'
import { money } from '../catalog/money.ts'
import { confirm } from '../checkout/checkout.ts'
import { applyCoupon } from '../coupons/apply.ts'
import { Cart } from './Cart.ts'

interface CartProps {
  cart: Cart
  onChange: (cart: Cart) => void
}

const Lines = ({ cart, onChange }: CartProps) => (
  <ul className="lines">
    {cart.lines.map(({ product, quantity }) => (
      <li key={product.id}>
        <span>
          {quantity} × {product.name}
        </span>
        <button
          aria-label={`One ${product.name} less`}
          onClick={() => onChange(cart.setQuantity(product, quantity - 1))}
        >
          −
        </button>
      </li>
    ))}
  </ul>
)

export const CartPanel = ({ cart, onChange }: CartProps) => {
  const [notice, setNotice] = useState('')
  const [code, setCode] = useState('')
  const checkout = async () => {
    setNotice(await confirm(cart, 'delivery'))
    onChange(new Cart())
  }
  return (
    <section className="panel" aria-label="Cart">
      <h2>Your cart</h2>
      {cart.lines.length === 0 && <p className="note">Nothing in it yet.</p>}
      <Lines cart={cart} onChange={onChange} />
      <p className="total" data-testid="total">
        {money(cart.cents)}
      </p>
      <label>
        Coupon
        <input value={code} onChange={(event) => setCode(event.target.value)} placeholder="HARBOUR10" />
      </label>
      <div className="actions">
        <button onClick={async () => setNotice(await applyCoupon(code, cart))}>Apply</button>
        <button className="primary" data-testid="checkout" disabled={cart.cents === 0} onClick={checkout}>
          Check out
        </button>
      </div>
      <p role="status" data-testid="notice">
        {notice}
      </p>
    </section>
  )
}

// What each button of the shop's failure panel must read like in Foghorn: the stack of the program as it was written.

/** A call of the original program: function, file, and the place in it, marked by `^`. */
export type Call = readonly [name: string | null, file: string, marked: string]

export interface ExpectedException {
  type: string
  value: string
  /** Innermost call first; the calls that the shop itself makes, libraries left out. */
  calls: readonly Call[]
}

export interface ExpectedFailure {
  id: string
  /** The thrown exception first, then its causes or members. */
  exceptions: readonly ExpectedException[]
}

const CART = 'src/cart/Cart.ts'
const CHECKOUT = 'src/checkout/checkout.ts'
const COUPON = 'src/coupons/apply.ts'
const COUPONS = 'src/coupons/coupons.ts'
const OFFERS = 'src/catalog/offers.ts'
const RECOMMENDATIONS = 'src/recommendations/Recommendations.tsx'
const REJECTED = 'src/failures/rejected.ts'
const REPORTED = 'src/failures/reported.ts'
const THROWN = 'src/failures/thrown.ts'

const NEGATIVE_QUANTITY: Call = ['Cart.setQuantity', CART, 'throw ^new RangeError(']

export const failures: readonly ExpectedFailure[] = [
  {
    id: 'handler',
    exceptions: [
      {
        type: 'TypeError',
        value: "Cannot read properties of undefined (reading 'cents')",
        calls: [
          ['percentOff', OFFERS, 'const saved = offer.before.^cents'],
          ['offerText', OFFERS, 'const percent = ^percentOff('],
          ['announce', OFFERS, 'words.push(^offerText('],
          ['inEventHandler', THROWN, '^announce({'],
        ],
      },
    ],
  },
  {
    id: 'method',
    exceptions: [
      {
        type: 'RangeError',
        value: 'The cart cannot hold -2 of lantern',
        calls: [NEGATIVE_QUANTITY, ['inMethod', THROWN, 'add(lantern).^setQuantity(']],
      },
    ],
  },
  {
    id: 'render',
    exceptions: [
      {
        type: 'TypeError',
        value: "Cannot read properties of undefined (reading 'toLowerCase')",
        calls: [['Recommendation', RECOMMENDATIONS, 'product.name.^toLowerCase()']],
      },
    ],
  },
  {
    id: 'timer',
    exceptions: [
      {
        type: 'Error',
        value: 'The shop closed while you were looking around',
        calls: [['closeShop', THROWN, "throw ^new Error('The shop closed"]],
      },
    ],
  },
  {
    id: 'cause',
    exceptions: [
      {
        type: 'Error',
        value: 'The price list cannot be read',
        calls: [
          ['readPriceList', THROWN, "throw ^new Error('The price list"],
          ['withCause', THROWN, "^readPriceList('{"],
        ],
      },
      {
        type: 'SyntaxError',
        value: 'JSON',
        calls: [
          ['readPriceList', THROWN, 'return JSON.^parse('],
          ['withCause', THROWN, "^readPriceList('{"],
        ],
      },
    ],
  },
  {
    id: 'aggregate',
    exceptions: [
      {
        type: 'AggregateError',
        value: 'No warehouse has the horn',
        calls: [['withSeveralCauses', THROWN, 'throw ^new AggregateError(']],
      },
      {
        type: 'Error',
        value: 'The northern warehouse does not answer',
        calls: [['withSeveralCauses', THROWN, "^new Error('The northern"]],
      },
      {
        type: 'RangeError',
        value: 'The southern warehouse has -3 left',
        calls: [['withSeveralCauses', THROWN, "^new RangeError('The southern"]],
      },
    ],
  },
  {
    id: 'dom',
    exceptions: [
      {
        type: 'NotFoundError',
        value: 'The node to be removed is not a child of this node',
        calls: [['fromTheDom', THROWN, '.^removeChild(document.body)']],
      },
    ],
  },
  {
    id: 'navigate',
    exceptions: [
      {
        type: 'Error',
        value: 'The customer left before this was said',
        calls: [['thenNavigate', THROWN, "throw ^new Error('The customer left"]],
      },
    ],
  },
  {
    id: 'rejection-error',
    exceptions: [
      {
        type: 'Error',
        value: 'The ferry is not running',
        calls: [['withError', REJECTED, "^new Error('The ferry"]],
      },
    ],
  },
  {
    id: 'await',
    exceptions: [
      {
        type: 'TypeError',
        value: "Cannot read properties of undefined (reading 'day')",
        calls: [['confirm', CHECKOUT, 'receipt.delivery!.^day']],
      },
    ],
  },
  {
    id: 'lazy',
    exceptions: [
      {
        type: 'CouponError',
        value: 'The coupon SPRINGTIDE went out with the tide',
        calls: [
          ['discount', COUPONS, 'throw ^new CouponError(`The coupon'],
          ['applyCoupon', COUPON, 'money(^discount('],
        ],
      },
    ],
  },
  {
    id: 'fetch',
    exceptions: [
      {
        type: 'CheckoutError',
        value: 'The harbour office answered 503',
        calls: [['placeOrder', CHECKOUT, 'throw ^new CheckoutError(']],
      },
    ],
  },
  {
    id: 'capture-exception',
    exceptions: [
      {
        type: 'RangeError',
        value: 'The cart cannot hold -Infinity of compass',
        calls: [NEGATIVE_QUANTITY, ['exception', REPORTED, 'new Cart().^setQuantity(']],
      },
    ],
  },
]

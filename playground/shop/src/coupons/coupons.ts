/** Loaded when the first coupon is tried. */
interface Coupon {
  percent: number
  until: string
}

const coupons: Record<string, Coupon> = {
  HARBOUR10: { percent: 10, until: '2099-12-31' },
  SPRINGTIDE: { percent: 25, until: '2021-04-30' },
}

export class CouponError extends Error {
  override readonly name = 'CouponError'
}

/** The cents that a coupon takes off. Throws a CouponError when it is unknown or out of date. */
export const discount = (code: string, cents: number): number => {
  const coupon = coupons[code]
  if (!coupon) throw new CouponError(`Nobody has printed the coupon ${code}`)
  if (Date.parse(coupon.until) < Date.now()) {
    throw new CouponError(`The coupon ${code} went out with the tide on ${coupon.until}`)
  }
  return Math.round((cents * coupon.percent) / 100)
}

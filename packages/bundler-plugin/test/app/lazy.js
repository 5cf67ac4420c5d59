export const redeem = (voucher) => {
  return voucher.code.toUpperCase()
}

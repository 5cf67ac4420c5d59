const euros = new Intl.NumberFormat('en-IE', { style: 'currency', currency: 'EUR' })

/** Prices are whole cents everywhere; only the screen sees euros. */
export const money = (cents: number): string => euros.format(cents / 100)

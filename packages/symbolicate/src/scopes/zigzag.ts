/** Folds signed numbers into small unsigned ones: 0, -1, 1, -2 become 0, 1, 2, 3. */
export const zigzag = (value: number): number => (value << 1) ^ (value >> 31)

export const unzigzag = (value: number): number => (value >>> 1) ^ -(value & 1)

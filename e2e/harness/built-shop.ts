/** The folder with the shop of this run, for the workers. */
export const builtShop = (): string => process.env.FOGHORN_E2E_SHOP as string

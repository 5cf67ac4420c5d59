import { type Context, createContext } from 'react'

/** The nearest boundary above. */
export interface Boundary {
  reset: () => void
}

export const BoundaryContext: Context<Boundary | null> = /* @__PURE__ */ createContext<Boundary | null>(null)

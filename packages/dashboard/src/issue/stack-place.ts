import type { SourceLinksJson } from '@foghorn/server'
import { createContext, useContext } from 'react'
import type { LinkVersion } from './source-links.ts'

/** Where the stacks below come from. */
export interface StackPlace {
  org: string
  /** Slug. */
  project: string
  eventId: string
  version: LinkVersion
  links: SourceLinksJson | undefined
}

export const StackPlaceContext = createContext<StackPlace | undefined>(undefined)

export const useStackPlace = (): StackPlace | undefined => useContext(StackPlaceContext)

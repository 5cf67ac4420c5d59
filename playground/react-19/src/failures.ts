import { type ComponentType, lazy } from 'react'
import { Cargo } from './failures/Cargo.tsx'
import { Compass } from './failures/Compass.tsx'
import { Crew } from './failures/Crew.tsx'
import { Dinghy } from './failures/Dinghy.tsx'
import { Engine } from './failures/Engine.tsx'
import { Ferryman } from './failures/Ferryman.tsx'
import { Harbour } from './failures/Harbour.tsx'
import { Lighthouse } from './failures/Lighthouse.tsx'
import { Regatta } from './failures/Regatta.tsx'
import { Tide } from './failures/Tide.tsx'
import { Timetable } from './failures/Timetable.tsx'
import { Whistle } from './failures/Whistle.tsx'

/** What each button shows. The last one is well. */
export const FAILURES: Record<string, ComponentType> = {
  render: Timetable,
  event: Whistle,
  effect: Engine,
  async: Crew,
  suspense: Tide,
  transition: Regatta,
  lazy: lazy(() => import('./failures/Deck.tsx')),
  fallback: Harbour,
  passed: Ferryman,
  nested: Cargo,
  nothing: Lighthouse,
  guide: Compass,
  dialog: Dinghy,
  well: () => 'All is well.',
}

import type { MainDatabase } from './adapters/sql/main-database.ts'
import { sqlEventSearch } from './adapters/sql/event-search.ts'
import { sqlFigureStore } from './adapters/sql/figure-store.ts'
import { sqlHintFacts } from './adapters/sql/hint-facts.ts'
import { sqlMapGaps } from './adapters/sql/map-gaps.ts'
import { sqlReleaseFigures } from './adapters/sql/release-figures.ts'
import { sqlTagStore } from './adapters/sql/tag-store.ts'

/** What only asks, and may be answered as things were a moment ago: a replica can do that. */
export const askingStores = (db: MainDatabase) => ({
  eventSearch: sqlEventSearch(db),
  figures: sqlFigureStore(db),
  hintFacts: sqlHintFacts(db),
  mapGaps: sqlMapGaps(db),
  releaseFigures: sqlReleaseFigures(db),
  tags: sqlTagStore(db),
})

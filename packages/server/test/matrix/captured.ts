import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { parseStackText, type RawFrame } from '@foghorn/symbolicate'

export interface Build {
  bundler: string
  release: number
  /** Path of the script. */
  script: string
  map: string
}

/** What one browser reported of one fault. */
export interface Report {
  browser: string
  bundler: string
  release: number
  fault: string
  type: string
  message: string
  /** Oldest call first. */
  frames: RawFrame[]
}

type Captured = { builds: Build[]; reports: (Omit<Report, 'frames'> & { stack: string })[] }

const read = (): Captured =>
  JSON.parse(gunzipSync(readFileSync(new URL('captured.json.gz', import.meta.url))).toString())

/** Stacks captured from real browsers by capture.mjs. */
export const readCaptured = (): { builds: Build[]; reports: Report[] } => {
  const { builds, reports } = read()
  return {
    builds,
    reports: reports.map(({ stack, ...report }) => ({
      ...report,
      frames: parseStackText(stack)
        .flatMap(({ frames }) => frames)
        .toReversed(),
    })),
  }
}

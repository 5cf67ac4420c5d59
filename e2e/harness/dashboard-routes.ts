import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const sources = fileURLToPath(new URL('../../packages/dashboard/src/', import.meta.url))

/** The paths that the dashboard's router knows, as its sources write them. */
export const dashboardRoutes = (): string[] => {
  const texts = readdirSync(sources)
    .filter((name) => /router\.tsx$|routes?\.tsx$/.test(name))
    .map((name) => readFileSync(join(sources, name), 'utf8'))
  const paths = texts.flatMap((text) => [...text.matchAll(/(?:path:|page\()\s*'(\/[^']*)'/g)].map(([, path]) => path!))
  return [...new Set(paths)].toSorted()
}

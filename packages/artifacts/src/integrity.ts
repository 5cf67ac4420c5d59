import { readFile } from 'node:fs/promises'
import { posix } from 'node:path'
import type { FoundFile } from './find.ts'

const SCRIPT_TAG = /<(?:script|link)\b[^>]{0,2000}>/gi
const INTEGRITY = /\bintegrity\s*=/i
const ADDRESS = /\b(?:src|href)\s*=\s*["']?([^"'\s>]+)/i

/** The scripts of a page whose tags hold a checksum (Subresource Integrity), by file name. */
const guardedNames = (html: string): string[] =>
  [...html.matchAll(SCRIPT_TAG)]
    .map(([tag]) => tag)
    .filter((tag) => INTEGRITY.test(tag))
    .map((tag) => posix.basename((ADDRESS.exec(tag)?.[1] ?? '').replace(/[?#].*$/, '')))

export interface IntegrityFinding {
  page: string
  script: string
}

/** Changed scripts that a page refuses to run, because it names the checksum of their old content. */
export const findBrokenIntegrity = async (pages: FoundFile[], changed: FoundFile[]): Promise<IntegrityFinding[]> => {
  const findings: IntegrityFinding[] = []
  for (const page of pages) {
    const guarded = new Set(guardedNames(await readFile(page.path, 'utf8')))
    const broken = changed.filter((script) => guarded.has(posix.basename(script.name)))
    findings.push(...broken.map((script) => ({ page: page.name, script: script.name })))
  }
  return findings
}

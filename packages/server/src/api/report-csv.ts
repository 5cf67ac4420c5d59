import type { ReportedIssueJson, ReportJson } from './statistics-shapes.ts'

const COLUMNS = [
  'shortId',
  'title',
  'culprit',
  'level',
  'status',
  'count',
  'userCount',
  'firstSeen',
  'lastSeen',
  'permalink',
] as const satisfies readonly (keyof ReportedIssueJson)[]

/** Spreadsheets run what begins like a formula; an apostrophe makes it a text again (OWASP, CSV injection). */
const harmless = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text)

const cell = (value: string | number): string =>
  typeof value === 'number' ? String(value) : `"${harmless(value).replaceAll('"', '""')}"`

const line = (cells: readonly (string | number)[]): string => `${cells.map(cell).join(',')}\r\n`

/** The issues of a report as RFC 4180 wants it. */
export const reportCsv = ({ topIssues }: ReportJson): string =>
  [line(COLUMNS), ...topIssues.map((issue) => line(COLUMNS.map((column) => issue[column])))].join('')

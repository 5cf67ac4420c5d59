// Simplified readings of how other servers group an event without maps (their documents and sources, 2026-11), not the
// programs themselves.
import { canonicalMessage } from '../../src/grouping/canonical-message.ts'
import { ENGINE_WORDINGS } from '../../src/grouping/engine-wordings.ts'
import type { Report } from './captured.ts'

const baseName = (url = ''): string => url.split('/').at(-1)!.toLowerCase()

const frames = ({ frames: all }: Report): string[] =>
  all.map((frame) => `${baseName(frame.filename)} ${frame.function ?? ''}`)

export const PEER_MODELS: Record<string, (report: Report) => string> = {
  'type and message': ({ type, message }) => `${type} ${message}`,
  'type and message with variables replaced': ({ type, message }) =>
    `${type} ${message.replaceAll(/\d+/g, '<number>').replaceAll(/'[^']*'/g, '<text>')}`,
  'all frames by file and function': (report) => [report.type, ...frames(report)].join('\n'),
  'title and top frame': (report) => [report.type, report.message, frames(report).at(-1)].join('\n'),
  'type and canonical message': ({ type, message }) => `${type} ${canonicalMessage(message, ENGINE_WORDINGS)}`,
}

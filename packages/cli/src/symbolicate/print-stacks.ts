import type { ResolvedFrame } from '@foghorn/symbolicate'

/** A stack that was resolved, and the error that it belongs to. */
export interface SymbolicatedException {
  type: string | undefined
  value: string | undefined
  frames: ResolvedFrame[]
}

export const toJson = (exceptions: readonly SymbolicatedException[]): string => {
  const shaped = exceptions.map(({ type, value, frames }) => ({
    type: type ?? null,
    value: value ?? null,
    frames: frames.map(frameJson),
  }))
  return `${JSON.stringify({ exceptions: shaped }, null, 2)}\n`
}

const frameJson = (frame: ResolvedFrame): Record<string, unknown> => ({
  function: frame.function ?? null,
  filename: frame.filename ?? null,
  lineno: frame.lineno ?? null,
  colno: frame.colno ?? null,
  contextLine: frame.contextLine ?? null,
  inApp: frame.inApp,
  resolution: frame.resolution,
})

export const toText = ({ type, value, frames }: SymbolicatedException): string => {
  const head = [type, value].filter((part) => part !== undefined).join(': ') || 'Error'
  return `${[head, ...frames.map(frameText)].join('\n')}\n`
}

const frameText = (frame: ResolvedFrame): string => {
  const place = [frame.filename ?? '<unknown>', frame.lineno, frame.colno]
    .filter((part) => part !== undefined)
    .join(':')
  const { resolution } = frame
  const within =
    resolution.status === 'resolved' && resolution.within !== undefined
      ? ` [in ${resolution.within}${resolution.role === undefined ? '' : `, ${resolution.role}`}]`
      : ''
  const line = frame.function === undefined ? `    at ${place}${within}` : `    at ${frame.function} (${place})`
  if (resolution.status === 'unresolved') {
    return resolution.reason === 'native'
      ? line
      : `${line}\n        not resolved: ${resolution.advice}${resolution.detail === undefined ? '' : ` (${resolution.detail})`}`
  }
  return frame.inApp && frame.contextLine !== undefined ? `${line}\n${codeText(frame)}` : line
}

/** The line of the frame with two lines on either side. */
const codeText = (frame: ResolvedFrame): string => {
  const before = (frame.preContext ?? []).slice(-2)
  const lines = [...before, frame.contextLine!, ...(frame.postContext ?? []).slice(0, 2)]
  const first = frame.lineno! - before.length
  const width = String(first + lines.length).length
  return lines
    .map((text, i) =>
      `      ${first + i === frame.lineno ? '>' : ' '} ${String(first + i).padStart(width)} | ${text}`.trimEnd(),
    )
    .join('\n')
}

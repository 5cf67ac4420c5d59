import { Presets, SingleBar } from 'cli-progress'

export interface Progress {
  /** Sets how much there is and how much is done. */
  update(done: number, total: number): void
  stop(): void
}

const SILENT: Progress = { update: () => undefined, stop: () => undefined }

/** A bar on standard error; nothing where that is no terminal, as in CI. */
export const createProgress = (label: string): Progress => {
  if (!process.stderr.isTTY) return SILENT
  const bar = new SingleBar(
    { format: `${label} {bar} {percentage}%`, clearOnComplete: true, hideCursor: true, stream: process.stderr },
    Presets.shades_classic,
  )
  let isStarted = false
  return {
    update: (done, total) => {
      if (!isStarted) bar.start(total, done)
      isStarted = true
      bar.setTotal(total)
      bar.update(done)
    },
    stop: () => bar.stop(),
  }
}

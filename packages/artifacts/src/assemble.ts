import { ArtifactsError } from './artifacts-error.ts'
import type { Bundle, BundleInfo } from './bundle.ts'
import type { Capabilities } from './capabilities.ts'
import { sendChunks } from './send-chunks.ts'
import type { Service } from './service.ts'

interface Answer {
  state: 'not_found' | 'created' | 'assembling' | 'ok' | 'error'
  missingChunks: string[]
  detail: string | null
}

export interface DeliverOptions {
  service: Service
  capabilities: Capabilities
  info: BundleInfo
  onSent?: (bytes: number) => void
}

export interface Delivery {
  /** Bytes that had to be sent; 0 when the service had everything. */
  sentBytes: number
  /** What the service remarked, if it did. */
  detail?: string
}

const ROUNDS_OF_SENDING = 3
const POLL_MS = 1_000
const LONGEST_WAIT_MS = 300_000

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

const ask = async ({ service, info }: DeliverOptions, bundle: Bundle): Promise<Answer> => {
  const answer = (await service.postJson(
    `/api/0/organizations/${encodeURIComponent(info.org)}/artifactbundle/assemble/`,
    {
      checksum: bundle.checksum,
      chunks: bundle.chunks.map((chunk) => chunk.checksum),
      projects: info.projects,
      ...(info.release === undefined ? {} : { version: info.release }),
      ...(info.dist === undefined ? {} : { dist: info.dist }),
    },
  )) as Partial<Answer>
  return { state: answer.state ?? 'error', missingChunks: answer.missingChunks ?? [], detail: answer.detail ?? null }
}

const settle = async (options: DeliverOptions, bundle: Bundle, first: Answer): Promise<Answer> => {
  let answer = first
  const giveUpAt = performance.now() + LONGEST_WAIT_MS
  while (answer.state === 'created' || answer.state === 'assembling') {
    if (performance.now() > giveUpAt)
      throw new ArtifactsError(
        `The service has not finished with the upload after ${LONGEST_WAIT_MS / 1000} s. Run the command again to see whether it does.`,
      )
    await wait(POLL_MS)
    answer = await ask(options, bundle)
  }
  return answer
}

/** Sends a bundle that lies at `path`, chunk by chunk, and has the service put it together. Repeating it sends only what is missing. */
export const deliver = async (path: string, bundle: Bundle, options: DeliverOptions): Promise<Delivery> => {
  const { service, capabilities, onSent } = options
  let sentBytes = 0
  const count = (bytes: number): void => {
    sentBytes += bytes
    onSent?.(bytes)
  }
  let answer = await ask(options, bundle)
  for (let round = 0; answer.state === 'not_found' && round < ROUNDS_OF_SENDING; round++) {
    await sendChunks(path, bundle, { service, capabilities, missing: answer.missingChunks, onSent: count })
    answer = await ask(options, bundle)
  }
  answer = await settle(options, bundle, answer)
  if (answer.state !== 'ok')
    throw new ArtifactsError(
      `The service refused the upload: ${answer.detail ?? 'it keeps asking for chunks that it was sent'}.`,
    )
  return { sentBytes, ...(answer.detail === null ? {} : { detail: answer.detail }) }
}

import { ArtifactsError } from './artifacts-error.ts'
import type { Service } from './service.ts'

/** What a service takes in one request. Sizes in bytes. */
export interface Capabilities {
  url: URL
  chunkSize: number
  chunksPerRequest: number
  maxRequestSize: number
  maxFileSize: number
  /** Requests at the same time. */
  concurrency: number
}

const MIB = 1024 * 1024

const positive = (value: unknown, fallback: number): number =>
  typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : fallback

/** Asks a service how it wants uploads. */
export const readCapabilities = async (service: Service, org: string): Promise<Capabilities> => {
  const path = `/api/0/organizations/${encodeURIComponent(org)}/chunk-upload/`
  const answer = (await service.getJson(path)) as Record<string, unknown>
  const url = new URL(typeof answer['url'] === 'string' ? answer['url'] : path, service.origin)
  if (url.origin !== service.origin.origin)
    throw new ArtifactsError(
      `${service.origin.origin} wants uploads sent to ${url.origin}. The token stays at the address it was given for: use ${url.origin} as --url if that is the service.`,
    )
  if (answer['hashAlgorithm'] !== undefined && answer['hashAlgorithm'] !== 'sha1')
    throw new ArtifactsError(`${service.origin.origin} wants checksums that this version cannot make. Update foghorn.`)
  return {
    url,
    chunkSize: positive(answer['chunkSize'], 8 * MIB),
    chunksPerRequest: positive(answer['chunksPerRequest'], 1),
    maxRequestSize: positive(answer['maxRequestSize'], 32 * MIB),
    maxFileSize: positive(answer['maxFileSize'], 2048 * MIB),
    concurrency: Math.min(positive(answer['concurrency'], 1), 8),
  }
}

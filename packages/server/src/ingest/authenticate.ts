import { parseDsn } from '@foghorn/protocol'
import type { ProjectStore } from '../ports/projects.ts'
import { refuse, type Refusal } from './refusal.ts'

export interface Sender {
  projectId: number
}

const fromAuthHeader = (header: string | null): string | undefined =>
  /(?:^|[\s,])sentry_key\s*=\s*(\w{1,64})/.exec(header ?? '')?.[1]

/** The public key of a request, from the first carrier that has one: query, header, or the DSN in the envelope. */
export const findPublicKey = (
  { url, headers }: { url: string; headers: Headers },
  envelopeDsn: string | undefined,
): string | undefined =>
  new URL(url).searchParams.get('sentry_key') ??
  fromAuthHeader(headers.get('x-sentry-auth')) ??
  fromAuthHeader(headers.get('authorization')) ??
  (envelopeDsn === undefined ? undefined : parseDsn(envelopeDsn)?.publicKey)

/** Only the key decides, and it must belong to the project of the path. */
export const authenticate = async (
  credentials: { publicKey: string | undefined; projectId: string },
  projects: Pick<ProjectStore, 'findKey'>,
): Promise<Sender | Refusal> => {
  const { publicKey, projectId } = credentials
  if (publicKey === undefined)
    return refuse(
      401,
      'No DSN key in the request. Send it as sentry_key in the query, in X-Sentry-Auth, or as dsn in the envelope.',
    )
  const key = await projects.findKey(publicKey.toLowerCase())
  if (!key) return refuse(403, "This DSN key is not known here. Copy the DSN from the project's settings.")
  if (!key.active) return refuse(403, 'This DSN key has been switched off. Use another key of the project.')
  if (String(key.projectId) !== projectId)
    return refuse(403, `This DSN key does not belong to project ${projectId.slice(0, 20)}.`)
  return { projectId: key.projectId }
}

import { createHash } from 'node:crypto'
import { fsBlobStore } from '../adapters/fs/blob-store.ts'
import { readStoredFile } from '../artifacts/stored-files.ts'
import { artifactsFolder } from '../data-folder.ts'
import { findingsOr, type Check, type Finding } from './finding.ts'
import { withStore } from './with-store.ts'

const recordedFiles = (data: string) =>
  withStore(data, (db) => db.selectFrom('artifact').select(['hash', 'file_name', 'release']).groupBy('hash').execute())

type Blobs = ReturnType<typeof fsBlobStore>

/** What is wrong with a stored file: it is gone, or its bytes are not those that were uploaded. */
const faultOf = async (blobs: Blobs, hash: string): Promise<'missing' | 'damaged' | undefined> => {
  const content = await readStoredFile(blobs, hash).catch(() => 'damaged' as const)
  if (content === undefined) return 'missing'
  if (content === 'damaged') return content
  return createHash('sha256').update(content).digest('hex') === hash ? undefined : 'damaged'
}

const SHOWN = 5

export const artifacts: Check = {
  name: 'artifacts',
  look: async ({ data }) => {
    const blobs = fsBlobStore(artifactsFolder(data))
    const files = await recordedFiles(data)
    const found: Omit<Finding, 'check'>[] = []
    for (const { hash, file_name: name, release } of files) {
      const fault = await faultOf(blobs, hash)
      if (fault !== undefined)
        found.push({
          severity: 'error',
          finding: `The uploaded file for ${name}${release && ` of ${release}`} is ${fault}.`,
          advice: 'Upload the maps of that release again: foghorn sourcemaps upload',
        })
    }
    return findingsOr('artifacts', found.slice(0, SHOWN), `All ${files.length} uploaded files are there and unchanged.`)
  },
}

import type { Uploads } from '@foghorn/artifacts'
import { CliError } from './expected-error.ts'
import { readServiceFlags, type ServiceFlags } from './service-flags.ts'

/** Acts on what was uploaded to the project that the flags name. */
export const withUploads = async <Result>(
  flags: ServiceFlags,
  act: (uploads: Uploads) => Promise<Result>,
): Promise<Result> => {
  const { connectUploads } = await import('@foghorn/artifacts')
  const { projects, ...service } = readServiceFlags(flags)
  const [project, ...others] = projects
  if (others.length > 0) throw new CliError('Uploads are kept for each project. Pass one --project.')
  const uploads = connectUploads({ ...service, project: project! })
  try {
    return await act(uploads)
  } finally {
    uploads.close()
  }
}

import { uploadFolder, type UploadReport } from '@foghorn/artifacts'
import type { Settings } from './options.ts'
import { isScript } from './stamp-output.ts'

/** What one build wrote. */
export interface WrittenBuild {
  folder: string
  /** Names below the folder, with slashes. */
  files: readonly string[]
}

const remarks = ({ scripts }: UploadReport): string[] =>
  scripts.flatMap(({ status, remark }) => (status === 'skipped' || remark === undefined ? [] : [remark]))

/** Uploads a build's scripts and maps, where that is wanted. Other files of the folder are not touched. */
export const deliverBuild = async ({ folder, files }: WrittenBuild, settings: Settings): Promise<void> => {
  const { destination, release, dist, deleteMaps, inlineSources, problem, report } = settings
  if (!destination || !files.some(isScript)) return
  try {
    const uploaded = await uploadFolder({
      folder,
      files,
      ...destination,
      ...(release === undefined ? {} : { release }),
      ...(dist === undefined ? {} : { dist }),
      deleteAfterUpload: deleteMaps,
      inlineSources,
    })
    for (const remark of remarks(uploaded)) problem(remark)
    const included = uploaded.scripts.filter(({ status }) => status === 'included').length
    report(`${included} of ${uploaded.scripts.length} scripts uploaded with their maps.`)
  } catch (error) {
    if (!(error instanceof Error && error.name === 'ArtifactsError')) throw error
    problem(`${error.message} Maps that are left in ${folder} should not be deployed.`)
  }
}

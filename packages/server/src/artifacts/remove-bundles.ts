import type { ArtifactBundles } from '../ports/artifact-bundles.ts'
import type { ArtifactChange } from '../ports/artifact-store.ts'

export interface RemoveDeps {
  bundles: Pick<ArtifactBundles, 'remove'>
  onChange: (change: ArtifactChange) => Promise<unknown>
}

export type RemoveBundles = (projectId: number, bundleIds: readonly number[]) => Promise<void>

/** Takes uploads away from a project. Contents that nobody has any more are deleted later, by the upkeep. */
export const createRemoveBundles =
  ({ bundles, onChange }: RemoveDeps): RemoveBundles =>
  async (projectId, bundleIds) => {
    const { files } = await bundles.remove(projectId, bundleIds)
    if (files.length > 0)
      await onChange({ projectId, cause: 'artifacts-removed', about: `${bundleIds.length} uploads deleted`, files })
  }

/** Something the user can put right; its message names the file or address, what was found and what to do. */
export class ArtifactsError extends Error {
  override name = 'ArtifactsError'
}

/**
 * Code that tells SDKs the release. The name is Sentry's: SDKs of both read it, so that this plugin serves both, and
 * ours is served by Sentry's plugins.
 */
export const releaseCode = (release: string): string => `;globalThis.SENTRY_RELEASE={id:${JSON.stringify(release)}};`

/** Stands in every module that reads the release. */
export const RELEASE_MARK = 'SENTRY_RELEASE'

/** What a CI job tells of itself in its environment. */
export interface CiJob {
  name: string
  /** Full hash of the commit that is built. */
  commit?: string
  /** `owner/name` of the repository. */
  repository?: string
}

type Environment = Record<string, string | undefined>

// Names as documented by each vendor (checked 2026-11).
const SYSTEMS = [
  { name: 'GitHub Actions', mark: 'GITHUB_ACTIONS', commit: ['GITHUB_SHA'], repository: ['GITHUB_REPOSITORY'] },
  { name: 'GitLab CI', mark: 'GITLAB_CI', commit: ['CI_COMMIT_SHA'], repository: ['CI_PROJECT_PATH'] },
  {
    name: 'CircleCI',
    mark: 'CIRCLECI',
    commit: ['CIRCLE_SHA1'],
    repository: ['CIRCLE_PROJECT_USERNAME', 'CIRCLE_PROJECT_REPONAME'],
  },
  { name: 'Jenkins', mark: 'JENKINS_URL', commit: ['GIT_COMMIT'], repository: [] },
]

const read = (env: Environment, names: string[]): string | undefined => {
  const values = names.map((name) => env[name])
  return values.length > 0 && values.every(Boolean) ? values.join('/') : undefined
}

/** Which CI this process runs in; undefined outside of those that are known. */
export const detectCi = (env: Environment): CiJob | undefined => {
  const system = SYSTEMS.find(({ mark }) => env[mark])
  if (!system) return undefined
  const commit = read(env, system.commit)
  const repository = read(env, system.repository)
  return {
    name: system.name,
    ...(commit === undefined ? {} : { commit }),
    ...(repository === undefined ? {} : { repository }),
  }
}

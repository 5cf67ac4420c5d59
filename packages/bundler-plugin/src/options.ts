import { detectCi } from '@foghorn/artifacts'
import { fromEnvironment } from '@foghorn/artifacts/environment'

/** Everything may be left out: what the environment tells is taken then. */
export interface FoghornPluginOptions {
  /** Address of the service. Default: FOGHORN_URL, else SENTRY_URL. */
  url?: string
  /** Token with the scope `project:releases`. Without one nothing is uploaded. Default: FOGHORN_AUTH_TOKEN, else SENTRY_AUTH_TOKEN. */
  authToken?: string
  /** Slug of the organization. Default: FOGHORN_ORG, else SENTRY_ORG. */
  org?: string
  /** Slug of the project, or of several. Default: FOGHORN_PROJECT, else SENTRY_PROJECT. */
  project?: string | readonly string[]
  /** Release of the build; SDKs report it unless they are told another. False: none is put in. Default: FOGHORN_RELEASE, else SENTRY_RELEASE, else the commit that CI builds. */
  release?: string | false
  /** Tells builds of one release apart. */
  dist?: string
  /** Whether maps are uploaded when the build is done. Default: true when there is a token. */
  upload?: boolean
  /** Whether maps are deleted once the service has them, so that they are not deployed. Default: true. */
  deleteMaps?: boolean
  /** Whether sources that maps name without their text are read from disk. Default: false. */
  inlineSources?: boolean
  /** Whether what goes wrong fails the build, rather than being a warning. Default: false. */
  strict?: boolean
  /** Told of what was done. Default: nobody. */
  onReport?: (sentence: string) => void
  /** Told of what went wrong, unless `strict`. Default: `console.warn`. */
  onWarning?: (sentence: string) => void
}

/** Where the maps go. */
export interface Destination {
  url: string
  authToken: string
  org: string
  projects: string[]
}

/** What the options and the environment come to. */
export interface Settings {
  release?: string
  dist?: string
  /** Absent: nothing is uploaded. */
  destination?: Destination
  deleteMaps: boolean
  inlineSources: boolean
  /** Says or throws, as the options want it. */
  problem: (sentence: string) => void
  report: (sentence: string) => void
}

const releaseOf = ({ release }: FoghornPluginOptions): string | undefined =>
  release === false ? undefined : (release ?? fromEnvironment('RELEASE') ?? detectCi(process.env)?.commit)

const projectsOf = ({ project = fromEnvironment('PROJECT')?.split(',') }: FoghornPluginOptions): string[] =>
  typeof project === 'string' ? [project] : [...(project ?? [])]

const problemOf = ({ strict, onWarning = console.warn }: FoghornPluginOptions) => {
  return (sentence: string): void => {
    if (strict) throw new Error(`[foghorn] ${sentence}`)
    onWarning(`[foghorn] ${sentence}`)
  }
}

const destinationOf = (options: FoghornPluginOptions, problem: Settings['problem']): Destination | undefined => {
  const authToken = options.authToken ?? fromEnvironment('AUTH_TOKEN')
  if (options.upload === false || (authToken === undefined && !options.upload)) return undefined
  const url = options.url ?? fromEnvironment('URL')
  const org = options.org ?? fromEnvironment('ORG')
  const projects = projectsOf(options)
  if (authToken !== undefined && url !== undefined && org !== undefined && projects.length > 0)
    return { authToken, url, org, projects }
  const [missing] = Object.entries({ authToken, url, org, project: projects[0] }).find(([, value]) => !value)!
  const variable = missing.replace(/[A-Z]/, '_$&').toUpperCase()
  problem(`Maps are not uploaded: pass the option ${missing}, or set FOGHORN_${variable}.`)
  return undefined
}

/** Reads options and environment once, when the build starts. */
export const readSettings = (options: FoghornPluginOptions): Settings => {
  const release = releaseOf(options)
  const problem = problemOf(options)
  const destination = destinationOf(options, problem)
  return {
    ...(release === undefined ? {} : { release }),
    ...(options.dist === undefined ? {} : { dist: options.dist }),
    ...(destination ? { destination } : {}),
    deleteMaps: options.deleteMaps ?? true,
    inlineSources: options.inlineSources ?? false,
    problem,
    report: options.onReport ?? (() => undefined),
  }
}

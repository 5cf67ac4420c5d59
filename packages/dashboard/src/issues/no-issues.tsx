import type { ProjectJson } from '@foghorn/server'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { DemoButton } from '../demo/demo-button.tsx'
import { projectsQuery } from '../projects/projects-query.ts'
import { Empty, Loaded } from '../ui/states.tsx'
import { issueHeadQuery } from './issues-query.ts'
import { DEFAULT_QUERY, type IssueSearch } from './search.ts'

/** Tells why the list is empty and what to do next. */
export const NoIssues = ({ org, search }: { org: string; search: IssueSearch }) => {
  const projects = useQuery(projectsQuery(org))
  return (
    <Loaded query={projects} lines={4} label="Loading projects">
      {(found) =>
        found.length === 0 ? <NoProject org={org} /> : <NothingFound org={org} search={search} projects={found} />
      }
    </Loaded>
  )
}

const NoProject = ({ org }: { org: string }) => (
  <Empty title="Start with a project">
    <p>A project is one app whose errors belong together. It gets an address to which the app sends them.</p>
    <Link to="/organizations/$org/projects/new" params={{ org }} className="button button-primary">
      Create a project
    </Link>{' '}
    <DemoButton org={org} />
  </Empty>
)

interface NothingFoundProps {
  org: string
  search: IssueSearch
  projects: ProjectJson[]
}

const NothingFound = ({ org, search, projects }: NothingFoundProps) => {
  const { project } = search
  const [only] =
    project === undefined && projects.length > 1 ? [] : projects.filter(({ id }) => !project || id === project)
  const everything = useQuery(issueHeadQuery(org, { query: '', ...(project && { project }) }))
  return (
    <Loaded query={everything} lines={4} label="Looking for other issues">
      {({ items }) =>
        items.length === 0 ? <NoEventYet org={org} project={only?.slug} /> : <NoMatch org={org} search={search} />
      }
    </Loaded>
  )
}

const NoEventYet = ({ org, project }: { org: string; project: string | undefined }) => (
  <Empty title="Waiting for the first event">
    <p>Nothing has arrived yet. Add the snippet of your project to the app and let it throw something.</p>
    {project === undefined ? (
      <Link to="/organizations/$org/projects" params={{ org }} className="button button-primary">
        Show the snippets
      </Link>
    ) : (
      <Link
        to="/organizations/$org/projects/$project/setup"
        params={{ org, project }}
        className="button button-primary"
      >
        Show the snippets
      </Link>
    )}
  </Empty>
)

const NoMatch = ({ org, search }: { org: string; search: IssueSearch }) =>
  (search.query ?? DEFAULT_QUERY) === DEFAULT_QUERY ? (
    <Empty title="Nothing is unresolved">
      <p>All issues are resolved or ignored. New ones appear here by themselves.</p>
    </Empty>
  ) : (
    <Empty title="No issue matches">
      <p>
        Plain words look in title and place. Narrow down with <code>is:resolved</code>, <code>level:warning</code>,{' '}
        <code>release:1.4.2</code> or <code>environment:production</code>.
      </p>
      <Link to="/organizations/$org/issues" params={{ org }} className="button">
        Show unresolved issues
      </Link>
    </Empty>
  )

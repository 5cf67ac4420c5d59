import type { ProjectJson } from '@foghorn/server'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { DemoButton } from '../demo/demo-button.tsx'
import { Age } from '../ui/age.tsx'
import { Empty, Loaded } from '../ui/states.tsx'
import { projectsQuery } from './projects-query.ts'
import './projects.css'

const route = getRouteApi('/signed-in/organizations/$org/projects')

export const ProjectsPage = () => {
  const { org } = route.useParams()
  const projects = useQuery(projectsQuery(org))
  return (
    <div className="page">
      <title>Projects · Foghorn</title>
      <div className="page-head">
        <h1>Projects</h1>
        <Link to="/organizations/$org/projects/new" params={{ org }} className="button button-primary">
          Create a project
        </Link>
      </div>
      <Loaded query={projects} lines={4} label="Loading projects">
        {(found) => <ProjectList org={org} projects={found} />}
      </Loaded>
    </div>
  )
}

const ProjectList = ({ org, projects }: { org: string; projects: ProjectJson[] }) => {
  if (projects.length === 0)
    return (
      <Empty title="No project yet">
        <p>A project is one app whose errors belong together. It gets an address to which the app sends them.</p>
        <DemoButton org={org} />
      </Empty>
    )
  return (
    <ul className="cards">
      {projects.map((project) => (
        <li key={project.id} className="card project-card">
          <h2>
            <Link to="/organizations/$org/issues" params={{ org }} search={{ project: project.id }}>
              {project.name}
            </Link>
          </h2>
          <p className="muted">
            {project.slug} · created <Age date={project.dateCreated} />
          </p>
          <Link
            to="/organizations/$org/projects/$project/setup"
            params={{ org, project: project.slug }}
            className="button button-small"
            aria-label={`Set up ${project.name}`}
          >
            Set up
          </Link>
          <Link
            to="/organizations/$org/projects/$project/grouping"
            params={{ org, project: project.slug }}
            className="button button-small"
            aria-label={`Grouping of ${project.name}`}
          >
            Grouping
          </Link>
          <Link
            to="/organizations/$org/projects/$project/alerts"
            params={{ org, project: project.slug }}
            className="button button-small"
            aria-label={`Alerts of ${project.name}`}
          >
            Alerts
          </Link>
        </li>
      ))}
    </ul>
  )
}

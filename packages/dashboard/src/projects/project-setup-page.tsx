import type { ProjectKeyJson } from '@foghorn/server'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Empty, Loaded } from '../ui/states.tsx'
import { FirstEvent } from './first-event.tsx'
import { projectKeysQuery } from './projects-query.ts'
import { NPM_INSTALL, npmInit, scriptTag, sourcemapUpload } from './snippets.ts'
import { Snippet } from './snippet.tsx'
import './projects.css'

const route = getRouteApi('/signed-in/organizations/$org/projects/$project/setup')

export const ProjectSetupPage = () => {
  const { org, project } = route.useParams()
  const keys = useQuery(projectKeysQuery(org, project))
  return (
    <div className="page page-medium">
      <title>{`Set up ${project} · Foghorn`}</title>
      <p className="trail">
        <Link to="/organizations/$org/projects" params={{ org }}>
          Projects
        </Link>
      </p>
      <h1>Set up {project}</h1>
      <Loaded query={keys} lines={10} label="Loading the project's keys">
        {(found) => <Steps activeKey={found.find((key) => key.isActive)} />}
      </Loaded>
    </div>
  )
}

const Steps = ({ activeKey }: { activeKey: ProjectKeyJson | undefined }) => {
  const { org, project } = route.useParams()
  if (!activeKey)
    return (
      <Empty title="No active key">
        <p>Every key of this project has been switched off, so that no app can send events to it.</p>
      </Empty>
    )
  const origin = new URL(activeKey.dsn.public).origin
  return (
    <>
      <FirstEvent org={org} project={project} />
      <section className="step">
        <h2>Add it to the app</h2>
        <p>Either paste this first into the page’s head. It needs no build and catches errors from then on:</p>
        <Snippet name="script tag" code={scriptTag(origin, activeKey.public)} />
        <p>Or install the package and call it before anything else of the app:</p>
        <Snippet name="install command" code={NPM_INSTALL} />
        <Snippet name="init call" code={npmInit(activeKey.dsn.public)} />
      </section>
      <section className="step">
        <h2>Upload source maps</h2>
        <p>With them, minified stacks turn into those of your own source. Run this after each build:</p>
        <Snippet name="upload commands" code={sourcemapUpload(origin, { org, project })} />
      </section>
      <section className="step">
        <h2>DSN</h2>
        <p>The address that apps send to. It is no secret: it can only be used to send events.</p>
        <Snippet name="DSN" code={activeKey.dsn.public} />
      </section>
    </>
  )
}

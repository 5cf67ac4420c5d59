import type { ProjectKeyJson } from '@foghorn/server'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { ProjectSettings } from '../settings/project-settings.tsx'
import { DocsLink } from '../ui/docs-link.tsx'
import { Empty, Loaded } from '../ui/states.tsx'
import { FirstEvent } from './first-event.tsx'
import { projectKeysQuery } from './projects-query.ts'
import { stepsOf, uploadCommands, WAYS, type Site, type Way } from './snippets.ts'
import { Snippet } from './snippet.tsx'
import { TestError } from './test-error.tsx'
import './projects.css'

const route = getRouteApi('/signed-in/organizations/$org/projects/$project/setup')

export const ProjectSetupPage = () => {
  const address = route.useParams()
  const keys = useQuery(projectKeysQuery(address.org, address.project))
  return (
    <ProjectSettings address={address} title={`Set up ${address.project}`}>
      <Loaded query={keys} lines={10} label="Loading the project's keys">
        {(found) => <Steps activeKey={found.find((key) => key.isActive)} />}
      </Loaded>
    </ProjectSettings>
  )
}

const Steps = ({ activeKey }: { activeKey: ProjectKeyJson | undefined }) => {
  const address = route.useParams()
  if (!activeKey)
    return (
      <Empty title="No active key">
        <p>Every key of this project has been switched off, so that no app can send events to it.</p>
        <Link to="/organizations/$org/projects/$project/settings" params={address} className="button button-primary">
          Switch one on
        </Link>
      </Empty>
    )
  const dsn = activeKey.dsn.public
  const site: Site = { ...address, dsn, publicKey: activeKey.public, origin: new URL(dsn).origin }
  return (
    <>
      <div className="first-steps">
        <FirstEvent {...address} />
        <TestError {...address} activeKey={activeKey} />
      </div>
      <Install site={site} />
      <section className="step">
        <h2>Upload source maps</h2>
        <p>With them, minified stacks turn into those of your own source. Run this after each build:</p>
        <Snippet name="upload commands" code={uploadCommands(site)} />
        <p>
          <Link to="/organizations/$org/tokens" params={{ org: address.org }}>
            Make a token for it
          </Link>{' '}
          · <DocsLink page="source-maps/">Other ways, and jobs for CI</DocsLink>
        </p>
      </section>
      <section className="step">
        <h2>DSN</h2>
        <p>The address that apps send to. It is no secret: it can only be used to send events.</p>
        <Snippet name="DSN" code={dsn} />
      </section>
    </>
  )
}

const Install = ({ site }: { site: Site }) => {
  const [way, setWay] = useState<Way>('script')
  return (
    <section className="step">
      <h2>Add it to the app</h2>
      <div className="segments" role="group" aria-label="How the app is built">
        {Object.entries(WAYS).map(([name, label]) => (
          <button key={name} type="button" aria-pressed={name === way} onClick={() => setWay(name as Way)}>
            {label}
          </button>
        ))}
      </div>
      {stepsOf[way](site).map(({ text, name, code }) => (
        <div key={name}>
          <p>{text}</p>
          <Snippet name={name} code={code} />
        </div>
      ))}
      <p>
        More in the documentation: <DocsLink page="react/">React</DocsLink>, <DocsLink page="vue/">Vue</DocsLink>,{' '}
        <DocsLink page="svelte/">Svelte</DocsLink>,{' '}
        <DocsLink page="quick-start/#packages-from-the-checkout">packages that npm does not find</DocsLink>.
      </p>
    </section>
  )
}

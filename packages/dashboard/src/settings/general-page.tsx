import type { ProjectJson, ProjectKeyJson } from '@foghorn/server'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { projectKeysQuery } from '../projects/projects-query.ts'
import { Snippet } from '../projects/snippet.tsx'
import { Age } from '../ui/age.tsx'
import { ChangeFailure } from '../ui/change-failure.tsx'
import { Field } from '../ui/field.tsx'
import { Form } from '../ui/form.tsx'
import { Removal } from '../ui/removal.tsx'
import { Loaded } from '../ui/states.tsx'
import { ProjectSettings, type ProjectAddress } from './project-settings.tsx'
import './settings.css'
import { projectQuery, useAddKey, useDelete, useRename, useSwitchKey } from './settings-query.ts'

const route = getRouteApi('/signed-in/organizations/$org/projects/$project/settings')

export const GeneralPage = () => {
  const address = route.useParams()
  const project = useQuery(projectQuery(address))
  const keys = useQuery(projectKeysQuery(address.org, address.project))
  return (
    <ProjectSettings address={address} title={`Settings of ${address.project}`}>
      <section className="block">
        <h2>Name</h2>
        <Loaded query={project} lines={4} label="Loading the project">
          {(found) => <NameForm address={address} project={found} />}
        </Loaded>
      </section>
      <section className="block">
        <h2>Keys</h2>
        <p className="muted">
          Apps send with a DSN, which holds a key. It is no secret: it can only be used to send. Give parts of your app
          keys of their own where you want to switch them off one by one.
        </p>
        <Loaded query={keys} lines={8} label="Loading the keys">
          {(found) => <KeyList address={address} keys={found} />}
        </Loaded>
      </section>
      <DeleteSection address={address} />
    </ProjectSettings>
  )
}

const NameForm = ({ address, project }: { address: ProjectAddress; project: ProjectJson }) => {
  const rename = useRename(address)
  return (
    <Form action="Save the name" onSubmit={({ name = '' }) => rename.mutate(name)} sending={rename} done="Saved">
      <Field
        label="Name"
        name="name"
        defaultValue={project.name}
        required
        maxLength={100}
        autoComplete="off"
        hint={`In addresses and on the command line it stays ${address.project}. Its number is ${project.id}.`}
      />
    </Form>
  )
}

const KeyList = ({ address, keys }: { address: ProjectAddress; keys: ProjectKeyJson[] }) => {
  const add = useAddKey(address)
  return (
    <>
      <ul className="rows">
        {keys.map((key) => (
          <KeyRow key={key.id} address={address} projectKey={key} />
        ))}
      </ul>
      <Form action="Add a key" onSubmit={({ name = '' }) => add.mutate(name)} sending={add} done="Added">
        <Field
          label="Name of another key"
          name="name"
          placeholder="Staging"
          required
          maxLength={100}
          autoComplete="off"
        />
      </Form>
    </>
  )
}

const KeyRow = ({ address, projectKey }: { address: ProjectAddress; projectKey: ProjectKeyJson }) => {
  const change = useSwitchKey(address)
  const { id, name, isActive, dsn, dateCreated } = projectKey
  return (
    <li>
      <div className="row-main">
        <p className="row-title untrusted">
          {name} {!isActive && <span className="badge">off</span>}
        </p>
        <p className="row-note">
          made <Age date={dateCreated} />
        </p>
      </div>
      <button
        type="button"
        className="button button-small"
        aria-label={`Switch ${isActive ? 'off' : 'on'} ${name}`}
        aria-disabled={change.isPending}
        onClick={() => !change.isPending && change.mutate({ id, isActive: !isActive })}
      >
        Switch {isActive ? 'off' : 'on'}
      </button>
      <div className="row-whole">
        <Snippet name={`DSN of ${name}`} code={dsn.public} />
      </div>
      <ChangeFailure error={change.error} />
    </li>
  )
}

const DeleteSection = ({ address }: { address: ProjectAddress }) => {
  const navigate = useNavigate()
  const removal = useDelete(address)
  const confirm = () =>
    removal.mutate(undefined, {
      onSuccess: () => void navigate({ to: '/organizations/$org/projects', params: { org: address.org } }),
    })
  return (
    <section className="block">
      <h2>Delete the project</h2>
      <p className="muted">
        Its issues, events, source maps, keys and settings go with it. Nobody can bring them back.
      </p>
      <div>
        <Removal action={`Delete ${address.project}`} removal={{ ...removal, mutate: confirm }}>
          <p>
            All issues, events and source maps of {address.project} are deleted, and its apps cannot send any more. This
            cannot be undone.
          </p>
        </Removal>
      </div>
    </section>
  )
}

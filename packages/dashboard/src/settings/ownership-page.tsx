import type { OwnershipJson } from '@foghorn/server'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { ApiError } from '../api/client.ts'
import { Age } from '../ui/age.tsx'
import { Check } from '../ui/check.tsx'
import { Form } from '../ui/form.tsx'
import { Loaded } from '../ui/states.tsx'
import { TextArea } from '../ui/text-area.tsx'
import { ProjectSettings, type ProjectAddress } from './project-settings.tsx'
import { ownershipQuery, useSaveOwnership } from './settings-query.ts'

const route = getRouteApi('/signed-in/organizations/$org/projects/$project/settings/ownership')

/** Who looks after which part of a project. */
export const OwnershipPage = () => {
  const address = route.useParams()
  const ownership = useQuery(ownershipQuery(address))
  return (
    <ProjectSettings address={address} title={`Ownership of ${address.project}`}>
      <Loaded query={ownership} lines={10} label="Loading the rules">
        {(found) => <OwnershipForm address={address} ownership={found} />}
      </Loaded>
    </ProjectSettings>
  )
}

const EXAMPLE = `path:src/cart/* #shop ada@example.com
url:*/checkout/* #checkout
tags.browser:Safari* #apple`

const OwnershipForm = ({ address, ownership }: { address: ProjectAddress; ownership: OwnershipJson }) => {
  const save = useSaveOwnership(address)
  const errors = save.error instanceof ApiError ? save.error.errors : {}
  return (
    <section className="block">
      <h2>Who looks after what</h2>
      <p className="muted">
        The frame nearest to the fault decides, code before the page; of several rules that hold, the last one.
        {ownership.lastUpdated && (
          <>
            {' '}
            Changed <Age date={ownership.lastUpdated} />.
          </>
        )}
      </p>
      {ownership.errors.length > 0 && <Findings errors={ownership.errors} />}
      <Form
        action="Save ownership"
        onSubmit={({ raw = '', codeowners = '', autoAssignment }) =>
          save.mutate({ raw, codeowners, autoAssignment: autoAssignment === 'on' })
        }
        sending={save}
        done="Saved"
      >
        <TextArea
          label="Rules of the project"
          name="raw"
          rows={7}
          defaultValue={ownership.raw}
          placeholder={EXAMPLE}
          hint="A pattern and its owners a line: path:, url: or tags.name:, then #team or an address."
          errors={errors['raw']}
        />
        <TextArea
          label="CODEOWNERS"
          name="codeowners"
          rows={5}
          defaultValue={ownership.codeowners}
          placeholder="/src/cart/ @acme/shop"
          hint="The file of the repository. It counts where no rule of the project holds."
          errors={errors['codeowners']}
        />
        <Check
          name="autoAssignment"
          label="Give new issues to their owners"
          defaultChecked={ownership.autoAssignment}
        />
      </Form>
    </section>
  )
}

const Findings = ({ errors }: { errors: string[] }) => (
  <div className="notice notice-warning">
    <p>These rules give issues to nobody:</p>
    <ul>
      {errors.map((error) => (
        <li key={error} className="untrusted">
          {error}
        </li>
      ))}
    </ul>
  </div>
)

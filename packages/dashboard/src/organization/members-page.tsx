import type { MemberJson } from '@foghorn/server'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useRouteContext } from '@tanstack/react-router'
import { Snippet } from '../projects/snippet.tsx'
import { Age } from '../ui/age.tsx'
import { ChangeFailure } from '../ui/change-failure.tsx'
import { Field } from '../ui/field.tsx'
import { Form } from '../ui/form.tsx'
import { LabelledSelect } from '../ui/labelled-select.tsx'
import { Removal } from '../ui/removal.tsx'
import { Select } from '../ui/select.tsx'
import { Loaded } from '../ui/states.tsx'
import { membersQuery, ROLES, useChangeRole, useInvite, useRemoveMember, type Role } from './organization-query.ts'
import { OrganizationSettings } from './organization-settings.tsx'

const route = getRouteApi('/signed-in/organizations/$org/members')

/** Who is in an organization, and what they may do. */
export const MembersPage = () => {
  const { org } = route.useParams()
  const members = useQuery(membersQuery(org))
  return (
    <OrganizationSettings org={org} title="Members">
      <section className="block">
        <h2>Who is in</h2>
        <Loaded query={members} lines={5} label="Loading the members">
          {(found) => (
            <ul className="rows">
              {found.map((member) => (
                <MemberRow key={member.id} org={org} member={member} />
              ))}
            </ul>
          )}
        </Loaded>
      </section>
      <Invitation org={org} />
    </OrganizationSettings>
  )
}

const ROLE_NAMES = ROLES.map(([role, name]) => [role, name.split(':')[0] ?? role] as const)

const MemberRow = ({ org, member }: { org: string; member: MemberJson }) => {
  const { user } = useRouteContext({ from: '/signed-in', select: (context) => context.session })
  const change = useChangeRole(org)
  const removal = useRemoveMember(org, member.id)
  const { id, name, email, orgRole, pending, teams, dateCreated } = member
  return (
    <li>
      <div className="row-main">
        <p className="row-title untrusted">
          {name || email} {user.id === id && <span className="badge">you</span>}{' '}
          {pending && <span className="badge">invited</span>}
        </p>
        <p className="row-note untrusted">
          {name ? `${email} · ` : ''}
          {teams.length > 0 ? `${teams.map((team) => `#${team}`).join(' ')} · ` : ''}since <Age date={dateCreated} />
        </p>
      </div>
      <Select
        label={`Role of ${email}`}
        value={orgRole}
        options={ROLE_NAMES}
        onChange={(role) => change.mutate({ id, orgRole: role as Role })}
      />
      <Removal action={`Remove ${email}`} shown="Remove" removal={{ ...removal, mutate: () => removal.mutate() }}>
        <p>They can no longer read or change anything here. What they wrote stays.</p>
      </Removal>
      <ChangeFailure error={change.error} />
    </li>
  )
}

const Invitation = ({ org }: { org: string }) => {
  const invite = useInvite(org)
  const { data } = invite
  return (
    <section className="block">
      <h2>Invite somebody</h2>
      <Form
        action="Invite"
        onSubmit={({ email = '', role = 'member' }) => invite.mutate({ email, orgRole: role as Role })}
        sending={invite}
      >
        <div className="field-row">
          <Field label="Email" name="email" type="email" required autoComplete="off" />
          <LabelledSelect label="Role" name="role" options={ROLES} defaultValue="member" />
        </div>
      </Form>
      {data && (
        <div role="status">
          {data.inviteLink ? (
            <>
              <p>Send this link to {data.email}. It works once, and is shown this once:</p>
              <Snippet name="invitation" code={data.inviteLink} />
            </>
          ) : (
            <p className="saved">{data.email} has an account here and is in.</p>
          )}
        </div>
      )}
    </section>
  )
}

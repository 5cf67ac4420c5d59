import type { MemberJson, ProjectJson, TeamJson } from '@foghorn/server'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { ApiError } from '../api/client.ts'
import { projectsQuery } from '../projects/projects-query.ts'
import { slugify } from '../projects/slug.ts'
import { ChangeFailure } from '../ui/change-failure.tsx'
import { Field } from '../ui/field.tsx'
import { Form } from '../ui/form.tsx'
import { LiveCheck } from '../ui/live-check.tsx'
import { counted } from '../ui/numbers.ts'
import { Removal } from '../ui/removal.tsx'
import { Empty, Loaded } from '../ui/states.tsx'
import { membersQuery, teamsQuery, useAddTeam, useRemoveTeam, useTeamPlace } from './organization-query.ts'
import { OrganizationSettings } from './organization-settings.tsx'

const route = getRouteApi('/signed-in/organizations/$org/teams')

/** Who works on which projects together. */
export const TeamsPage = () => {
  const { org } = route.useParams()
  const teams = useQuery(teamsQuery(org))
  return (
    <OrganizationSettings org={org} title="Teams">
      <Loaded query={teams} lines={5} label="Loading the teams">
        {(found) => <TeamList org={org} teams={found} />}
      </Loaded>
      <NewTeam org={org} />
    </OrganizationSettings>
  )
}

const TeamList = ({ org, teams }: { org: string; teams: TeamJson[] }) => {
  const members = useQuery(membersQuery(org))
  const projects = useQuery(projectsQuery(org))
  if (teams.length === 0)
    return (
      <Empty title="No team yet">
        <p>
          A team looks after projects together: issues can be given to it as #team, and where access goes by team, its
          people see its projects.
        </p>
      </Empty>
    )
  return teams.map((team) => (
    <TeamSection key={team.id} org={org} team={team} members={members.data ?? []} projects={projects.data ?? []} />
  ))
}

interface TeamSectionProps {
  org: string
  team: TeamJson
  members: MemberJson[]
  projects: ProjectJson[]
}

const TeamSection = ({ org, team, members, projects }: TeamSectionProps) => {
  const place = useTeamPlace(org, team.slug)
  const removal = useRemoveTeam(org, team.slug)
  const hasProject = (slug: string) => team.projects.some((project) => project.slug === slug)
  return (
    <section className="block">
      <div className="page-head">
        <h2 className="untrusted">
          {team.name} <span className="muted">#{team.slug}</span>
        </h2>
        <Removal action={`Remove ${team.name}`} shown="Remove" removal={{ ...removal, mutate: () => removal.mutate() }}>
          <p>Its people and projects stay. Issues that were given to it belong to nobody then.</p>
        </Removal>
      </div>
      <fieldset className="choices">
        <legend>{counted(team.memberCount, 'person').replace('persons', 'people')}</legend>
        {members.map(({ id, name, email, teams }) => (
          <LiveCheck
            key={id}
            label={name || email}
            checked={teams.includes(team.slug)}
            change={(isIn) => place.mutateAsync({ who: { member: id }, isIn })}
          />
        ))}
      </fieldset>
      <fieldset className="choices">
        <legend>{counted(team.projects.length, 'project')}</legend>
        {projects.map(({ slug, name }) => (
          <LiveCheck
            key={slug}
            label={name}
            checked={hasProject(slug)}
            change={(isIn) => place.mutateAsync({ who: { project: slug }, isIn })}
          />
        ))}
      </fieldset>
      <ChangeFailure error={place.error} />
    </section>
  )
}

const NewTeam = ({ org }: { org: string }) => {
  const add = useAddTeam(org)
  const errors = add.error instanceof ApiError ? add.error.errors : {}
  return (
    <section className="block">
      <h2>Another team</h2>
      <Form
        action="Make the team"
        onSubmit={({ name = '' }) => add.mutate({ name, slug: slugify(name) })}
        sending={add}
        done="Made"
      >
        <Field
          label="Name of the team"
          name="name"
          required
          maxLength={50}
          pattern=".*[A-Za-z].*"
          title="At least one letter"
          autoComplete="off"
          errors={errors['slug'] ?? errors['name']}
        />
      </Form>
    </section>
  )
}

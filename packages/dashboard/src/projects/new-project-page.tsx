import { useMutation, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { ApiError } from '../api/client.ts'
import { DemoButton } from '../demo/demo-button.tsx'
import { Field } from '../ui/field.tsx'
import { Form } from '../ui/form.tsx'
import { createProject, projectsQuery } from './projects-query.ts'
import { slugify } from './slug.ts'
import './projects.css'

const route = getRouteApi('/signed-in/organizations/$org/projects/new')

export const NewProjectPage = () => {
  const { org } = route.useParams()
  const [name, setName] = useState('')
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const creation = useMutation({
    mutationFn: (project: { slug: string; name: string }) => createProject(org, project),
    onSuccess: async (project) => {
      await queryClient.invalidateQueries({ queryKey: projectsQuery(org).queryKey })
      await navigate({ to: '/organizations/$org/projects/$project/setup', params: { org, project: project.slug } })
    },
  })
  const errors = creation.error instanceof ApiError ? creation.error.errors : {}
  const slug = slugify(name)
  return (
    <div className="page page-narrow">
      <title>New project · Foghorn</title>
      <h1>Create a project</h1>
      <Form action="Create project" onSubmit={() => creation.mutate({ slug, name: name.trim() })} sending={creation}>
        <Field
          label="Name"
          name="name"
          value={name}
          onChange={(event) => setName(event.target.value)}
          hint={slug ? `In addresses: ${slug}` : 'The app whose errors it collects, such as “Shop”.'}
          // A name without a letter or digit of ASCII leaves nothing for addresses.
          pattern=".*[A-Za-z0-9].*"
          title="At least one letter or digit"
          required
          autoFocus
          autoComplete="off"
          errors={errors.name ?? errors.slug}
        />
      </Form>
      <section className="demo-offer">
        <h2>Nothing to connect yet?</h2>
        <p className="muted">
          A demo project is filled with the errors of a small real app, with its source maps. Delete it in its settings
          when you have seen enough.
        </p>
        <DemoButton org={org} />
      </section>
    </div>
  )
}

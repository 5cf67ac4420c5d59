import type { SetupJson } from '@foghorn/server'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { ApiError } from '../api/client.ts'
import { Field } from '../ui/field.tsx'
import { Form } from '../ui/form.tsx'
import { createAccount, sessionQuery } from './session.ts'

export const AccountForm = ({ token, link }: { token: string; link: SetupJson }) => {
  const router = useRouter()
  const queryClient = useQueryClient()
  const setup = useMutation({
    mutationFn: createAccount,
    onSuccess: (session) => {
      queryClient.setQueryData(sessionQuery.queryKey, session)
      router.history.replace('/')
    },
  })
  const errors = setup.error instanceof ApiError ? setup.error.errors : {}
  const invitedTo = link.organizations.map((organization) => organization.name).join(', ')
  return (
    <Form
      action="Create account"
      onSubmit={({ name = '', email = '', password = '', organization }) =>
        setup.mutate({ token, name, email, password, ...(organization && { organization }) })
      }
      sending={setup}
    >
      <p>{invitedTo ? `This account belongs to ${invitedTo}.` : 'The first account owns what you set up here.'}</p>
      <Field label="Your name" name="name" autoComplete="name" required autoFocus errors={errors.name} />
      <Field
        label="Email"
        name="email"
        type="email"
        autoComplete="username"
        required
        errors={errors.email}
        {...(link.email && { defaultValue: link.email, readOnly: true })}
      />
      <Field
        label="Password"
        name="password"
        type="password"
        autoComplete="new-password"
        required
        minLength={10}
        hint="At least 10 characters."
        errors={errors.password}
      />
      {invitedTo === '' && (
        <Field
          label="Organization"
          name="organization"
          autoComplete="organization"
          required
          hint="Your company or team; projects belong to it."
          errors={errors.organization}
        />
      )}
    </Form>
  )
}

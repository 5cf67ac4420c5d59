import type { SessionJson } from '@foghorn/server'
import { ApiError } from '../api/client.ts'
import { LogOutButton } from '../session/log-out-button.tsx'
import { Field } from '../ui/field.tsx'
import { Form } from '../ui/form.tsx'
import { useOwnName, useOwnPassword } from './profile-query.ts'

export const AccountSection = ({ session: { user, organizations } }: { session: SessionJson }) => {
  const rename = useOwnName()
  return (
    <section className="block">
      <h2 className="untrusted">{user.name || user.email}</h2>
      <p className="muted untrusted">
        {user.email} · {user.role} of {organizations.map(({ name }) => name).join(', ')}
      </p>
      <Form action="Save the name" onSubmit={({ name = '' }) => rename.mutate(name)} sending={rename} done="Saved">
        <Field
          label="Your name"
          name="name"
          autoComplete="name"
          defaultValue={user.name}
          required
          maxLength={100}
          hint="Others see it where you comment, and where issues are yours."
        />
      </Form>
      <div>
        <LogOutButton />
      </div>
    </section>
  )
}

export const PasswordSection = ({ user }: { user: SessionJson['user'] }) => (
  <section className="block">
    <h2>Password</h2>
    {user.hasPassword ? (
      <PasswordForm email={user.email} />
    ) : (
      <p className="muted">You sign in elsewhere and have no password here. Change it where you sign in.</p>
    )}
  </section>
)

const PasswordForm = ({ email }: { email: string }) => {
  const change = useOwnPassword()
  const errors = change.error instanceof ApiError ? change.error.errors : {}
  return (
    <Form
      action="Change the password"
      onSubmit={({ password = '', newPassword = '' }, form) =>
        change.mutate({ password, newPassword }, { onSuccess: () => form.reset() })
      }
      sending={change}
      done="Changed. Your other browsers are logged out."
    >
      {/* For password managers. */}
      <input hidden readOnly name="email" autoComplete="username" value={email} />
      <Field
        label="Current password"
        name="password"
        type="password"
        autoComplete="current-password"
        required
        errors={errors['password']}
      />
      <Field
        label="New password"
        name="newPassword"
        type="password"
        autoComplete="new-password"
        required
        minLength={10}
        hint="At least 10 characters. Wherever else you are logged in, you are logged out."
        errors={errors['newPassword']}
      />
    </Form>
  )
}

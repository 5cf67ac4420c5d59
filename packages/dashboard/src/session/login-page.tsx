import { useMutation, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { Field } from '../ui/field.tsx'
import { Form } from '../ui/form.tsx'
import { Entrance } from './entrance.tsx'
import { safeNext } from './next-page.ts'
import { refusalText } from './refusal.ts'
import { logIn, sessionQuery } from './session.ts'
import { SignOnLink, signOnAddress } from './sign-on.tsx'

const route = getRouteApi('/login')

export const LoginPage = () => {
  const { next, refused } = route.useSearch()
  const router = useRouter()
  const queryClient = useQueryClient()
  const login = useMutation({
    mutationFn: logIn,
    onSuccess: (session) => {
      queryClient.setQueryData(sessionQuery.queryKey, session)
      // Now that it is known whose account it is, the identity can be connected.
      if (refused === 'log-in-first') location.assign(signOnAddress({ next }))
      else router.history.replace(safeNext(next))
    },
  })
  return (
    <Entrance title="Log in">
      {refused && (
        <p className="form-error" role="alert">
          {refusalText(refused)}
        </p>
      )}
      {refused !== 'log-in-first' && <SignOnLink next={next} />}
      <Form
        action="Log in"
        onSubmit={({ email = '', password = '' }) => login.mutate({ email, password })}
        sending={login}
      >
        <Field label="Email" name="email" type="email" autoComplete="username" required autoFocus />
        <Field label="Password" name="password" type="password" autoComplete="current-password" required />
      </Form>
      <p className="entrance-note">
        No account yet? The first one is made through the link that <code>foghorn serve</code> prints when it starts.
      </p>
    </Entrance>
  )
}

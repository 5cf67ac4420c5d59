import { useMutation, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { Field } from '../ui/field.tsx'
import { Form } from '../ui/form.tsx'
import { Entrance } from './entrance.tsx'
import { safeNext } from './next-page.ts'
import { logIn, sessionQuery } from './session.ts'

const route = getRouteApi('/login')

export const LoginPage = () => {
  const { next } = route.useSearch()
  const router = useRouter()
  const queryClient = useQueryClient()
  const login = useMutation({
    mutationFn: logIn,
    onSuccess: (session) => {
      queryClient.setQueryData(sessionQuery.queryKey, session)
      router.history.replace(safeNext(next))
    },
  })
  return (
    <Entrance title="Log in">
      <Form
        action="Log in"
        onSubmit={({ email = '', password = '' }) => login.mutate({ email, password })}
        error={login.error}
        isSending={login.isPending}
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

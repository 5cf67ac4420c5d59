import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { announce } from '../ui/announcer.tsx'
import { logOut, sessionQuery } from './session.ts'

export const LogOutButton = () => {
  const router = useRouter()
  const queryClient = useQueryClient()
  const end = useMutation({
    mutationFn: logOut,
    onSuccess: async () => {
      await router.navigate({ to: '/login' })
      // What the session could read must not stay in memory.
      queryClient.clear()
      queryClient.setQueryData(sessionQuery.queryKey, null)
    },
    onError: (error) => announce(error.message),
  })
  return (
    <button type="button" className="button button-small" onClick={() => end.mutate()}>
      Log out
    </button>
  )
}

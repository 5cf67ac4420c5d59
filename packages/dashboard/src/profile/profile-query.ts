import type { SessionJson, SubscriptionJson } from '@foghorn/server'
import { infiniteQueryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { getPage, path, putJson, remove, withQuery } from '../api/client.ts'
import { useChange } from '../api/use-change.ts'
import { sessionQuery } from '../session/session.ts'
import { announce } from '../ui/announcer.tsx'

const useOwnChange = <Input>(change: (input: Input) => Promise<SessionJson>, says: string) => {
  const router = useRouter()
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: async (session) => {
      queryClient.setQueryData(sessionQuery.queryKey, session)
      await router.invalidate()
      announce(says)
    },
  })
}

export const useOwnName = () =>
  useOwnChange((name: string) => putJson<SessionJson>('/profile/', { name }), 'Name saved')

export const useOwnPassword = () =>
  useOwnChange(
    (passwords: { password: string; newPassword: string }) => putJson<SessionJson>('/profile/password/', passwords),
    'Password changed',
  )

const subscriptionsPath = (org: string) => path`/organizations/${org}/subscriptions/`

/** The issues that one follows. */
export const subscriptionsQuery = (org: string) =>
  infiniteQueryOptions({
    queryKey: ['subscriptions', org],
    queryFn: ({ pageParam, signal }) =>
      getPage<SubscriptionJson>(withQuery(subscriptionsPath(org), { cursor: pageParam }), signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    // Whatever one does with an issue may make one follow it.
    staleTime: 0,
  })

export const useUnsubscribe = (org: string) =>
  useChange({
    change: (issueId: string) => remove(`${subscriptionsPath(org)}${encodeURIComponent(issueId)}/`),
    touches: [subscriptionsQuery(org).queryKey, ['issue', org]],
    says: 'You no longer follow it',
  })

import type { SignOnJson } from '@foghorn/server'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { getJson, withQuery } from '../api/client.ts'

export const signOnQuery = queryOptions({
  queryKey: ['sign-on'],
  queryFn: ({ signal }) => getJson<SignOnJson>('/session/sign-on/', signal),
  staleTime: Number.POSITIVE_INFINITY,
})

/** Where single sign-on begins. It leads to another site, so it is a link and no request. */
export const signOnAddress = (from: { next?: string | undefined; token?: string | undefined }): string =>
  withQuery('/api/0/session/sign-on/begin/', from)

/** The way in besides passwords, where the operator has set one up. */
export const SignOnLink = ({ next, token }: { next?: string | undefined; token?: string | undefined }) => {
  const { data } = useQuery(signOnQuery)
  if (!data?.name) return null
  return (
    <>
      <a className="button" href={signOnAddress({ next, token })}>
        Continue with {data.name}
      </a>
      <p className="entrance-or">or</p>
    </>
  )
}

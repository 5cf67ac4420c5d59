import type { SessionJson, SetupJson } from '@foghorn/server'
import { queryOptions } from '@tanstack/react-query'
import { ApiError, getJson, postJson, remove, withQuery } from '../api/client.ts'

export interface Credentials {
  email: string
  password: string
}

export interface NewAccount extends Credentials {
  token: string
  name: string
  organization?: string
}

const readSession = async (signal: AbortSignal): Promise<SessionJson | null> => {
  try {
    return await getJson<SessionJson>('/session/', signal)
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return null
    throw error
  }
}

/** Who is logged in; null when nobody is. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => readSession(signal),
  staleTime: Number.POSITIVE_INFINITY,
})

export const logIn = (credentials: Credentials) => postJson<SessionJson>('/session/', credentials)

export const logOut = () => remove('/session/')

export const createAccount = (account: NewAccount) => postJson<SessionJson>('/setup/', account)

export const oneTimeLinkQuery = (token: string) =>
  queryOptions({
    queryKey: ['setup', token],
    queryFn: ({ signal }) => getJson<SetupJson>(withQuery('/setup/', { token }), signal),
  })

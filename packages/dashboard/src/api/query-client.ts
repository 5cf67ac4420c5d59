import { QueryCache, QueryClient } from '@tanstack/react-query'
import { ApiError } from './client.ts'

const MAX_RETRIES = 2

const isPassing = (error: Error): boolean => !(error instanceof ApiError) || error.status === 0 || error.status >= 500

/** `onLoggedOut` is called when a request finds that the session has ended. */
export const createQueryClient = (onLoggedOut: () => void): QueryClient =>
  new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (error instanceof ApiError && error.status === 401) onLoggedOut()
      },
    }),
    defaultOptions: {
      queries: {
        retry: (failures, error) => failures < MAX_RETRIES && isPassing(error),
        staleTime: 10_000,
      },
    },
  })

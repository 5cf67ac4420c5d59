import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { ApiError } from '../api/client.ts'
import { Failure, Skeleton } from '../ui/states.tsx'
import { AccountForm } from './account-form.tsx'
import { Entrance } from './entrance.tsx'
import { oneTimeLinkQuery } from './session.ts'
import { SignOnLink } from './sign-on.tsx'

const route = getRouteApi('/setup')

/** Opened by a one-time link: makes the first account, or that of an invited person. */
export const SetupPage = () => {
  const { token } = route.useSearch()
  const link = useQuery(oneTimeLinkQuery(token))
  return (
    <Entrance title={link.data?.purpose === 'invite' ? 'Join Foghorn' : 'Set up Foghorn'}>
      {link.data?.purpose === 'invite' && <SignOnLink token={token} />}
      {link.data && <AccountForm token={token} link={link.data} />}
      {link.isPending && <Skeleton lines={6} label="Checking the link" />}
      {link.error && <UnusableLink error={link.error} onRetry={() => void link.refetch()} />}
    </Entrance>
  )
}

const UnusableLink = ({ error, onRetry }: { error: Error; onRetry: () => void }) => {
  if (!(error instanceof ApiError) || error.status === 0 || error.status >= 500)
    return <Failure error={error} onRetry={onRetry} />
  return (
    <>
      <p>
        This link has been used or has run out. If the service still has no account, it prints a new link each time it
        starts.
      </p>
      <Link to="/login" className="button button-primary">
        Log in
      </Link>
    </>
  )
}

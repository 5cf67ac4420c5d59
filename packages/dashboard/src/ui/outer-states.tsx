import { Link, useRouter, type ErrorComponentProps } from '@tanstack/react-router'
import { Empty, Failure } from './states.tsx'

export const NotFound = () => (
  <main className="page" id="main">
    <title>Not found · Foghorn</title>
    <Empty title="There is no such page">
      <p>The address may be incomplete, or what it named has been deleted.</p>
      <Link to="/" className="button">
        Go to the issues
      </Link>
    </Empty>
  </main>
)

/** Shown where nothing else of the page is. */
export const OuterCrash = (props: ErrorComponentProps) => (
  <main id="main">
    <Crash {...props} />
  </main>
)

/** Shown instead of a page that could not be prepared or drawn. */
export const Crash = ({ error, reset }: ErrorComponentProps) => {
  const router = useRouter()
  const retry = () => {
    reset()
    void router.invalidate()
  }
  return (
    <div className="page">
      <title>Error · Foghorn</title>
      <Failure error={error instanceof Error ? error : new Error(String(error))} onRetry={retry} />
    </div>
  )
}

export const NoOrganization = () => (
  <div className="page">
    <Empty title="You belong to no organization">
      <p>Ask an owner to add this account to theirs.</p>
    </Empty>
  </div>
)

import { Link } from '@tanstack/react-router'
import { HowTo, KeySnippet } from '../figures/how-to.tsx'
import { type Period, PERIODS } from '../figures/period.ts'
import type { ProjectAddress } from '../projects/address.ts'

const tryOut = (dsn: string): string => {
  const { origin, pathname, username } = URL.canParse(dsn) ? new URL(dsn) : new URL('https://key@example.com/1')
  return `curl '${origin}/api${pathname}/store/?sentry_key=${username}' \\
  -H 'content-type: application/json' -d '{"message": "hello"}'`
}

export const NothingCameIn = ({ address, period }: { address: ProjectAddress; period: Period }) => (
  <HowTo title={`Nothing came in in ${PERIODS[period].words}`}>
    <p>
      Every event, session and measurement that arrives is counted here, stored or not, with the reason. Send one to try
      it out:
    </p>
    <KeySnippet address={address} name="a first event" code={tryOut} />
    <p>
      Or{' '}
      <Link to="/organizations/$org/projects/$project/setup" params={address}>
        set up your app
      </Link>
      .
    </p>
  </HowTo>
)

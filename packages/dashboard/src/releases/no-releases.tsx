import { HowTo, KeySnippet } from '../figures/how-to.tsx'
import type { ProjectAddress } from '../projects/address.ts'
import { Snippet } from '../projects/snippet.tsx'

const initCall = (dsn: string): string => `import { init } from '@foghorn/browser'

init({ dsn: '${dsn}', release: 'my-app@1.0.0' })`

const fromCi = ({ org, project }: ProjectAddress): string => `export FOGHORN_URL=${location.origin}
export FOGHORN_AUTH_TOKEN=…   # foghorn token create --org ${org}
export FOGHORN_ORG=${org} FOGHORN_PROJECT=${project}
npx foghorn releases new my-app@1.0.0
npx foghorn releases set-commits my-app@1.0.0
npx foghorn releases deploys my-app@1.0.0 --environment production
npx foghorn releases finalize my-app@1.0.0`

export const NoReleases = ({ address }: { address: ProjectAddress }) => (
  <HowTo title="No release yet">
    <p>
      A release is a version of your app. When each tells its name, this page says which one people use, whether it
      crashes more than the one before, and which issues came with it.
    </p>
    <p>Name it in the app; the first event or session makes it:</p>
    <KeySnippet address={address} name="init call with a release" code={initCall} />
    <p>Or from CI, with commits and deploys:</p>
    <Snippet name="commands for CI" code={fromCi(address)} />
  </HowTo>
)

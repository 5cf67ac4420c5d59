import type { TokenJson } from '@foghorn/server'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Snippet } from '../projects/snippet.tsx'
import { Age } from '../ui/age.tsx'
import { Field } from '../ui/field.tsx'
import { Form } from '../ui/form.tsx'
import { LabelledSelect } from '../ui/labelled-select.tsx'
import { Removal } from '../ui/removal.tsx'
import { Empty, Loaded } from '../ui/states.tsx'
import { tokensQuery, useAddToken, useRevokeToken } from './organization-query.ts'
import { OrganizationSettings } from './organization-settings.tsx'

const route = getRouteApi('/signed-in/organizations/$org/tokens')

/** What programs get in with. */
export const TokensPage = () => {
  const { org } = route.useParams()
  const tokens = useQuery(tokensQuery(org))
  return (
    <OrganizationSettings org={org} title="Tokens">
      <section className="block">
        <h2>In use</h2>
        <Loaded query={tokens} lines={4} label="Loading the tokens">
          {(found) => <TokenList org={org} tokens={found} />}
        </Loaded>
      </section>
      <NewToken org={org} />
    </OrganizationSettings>
  )
}

const TokenList = ({ org, tokens }: { org: string; tokens: TokenJson[] }) => {
  if (tokens.length === 0)
    return (
      <Empty title="No token yet">
        <p>Builds need one to upload source maps and to tell of releases; so does every program that reads the API.</p>
      </Empty>
    )
  return (
    <ul className="rows">
      {tokens.map((token) => (
        <TokenRow key={token.id} org={org} token={token} />
      ))}
    </ul>
  )
}

const TokenRow = ({ org, token }: { org: string; token: TokenJson }) => {
  const revocation = useRevokeToken(org, token.id)
  const { name, scopes, tokenLastCharacters, dateLastUsed, dateExpires } = token
  return (
    <li>
      <div className="row-main">
        <p className="row-title untrusted">
          {name} <code>…{tokenLastCharacters}</code>
        </p>
        <p className="row-note">{scopes.join(' ')}</p>
        <p className="row-note">
          {dateLastUsed ? (
            <>
              last used <Age date={dateLastUsed} />
            </>
          ) : (
            'never used'
          )}
          {dateExpires && ` · opens until ${new Date(dateExpires).toLocaleDateString()}`}
        </p>
      </div>
      <Removal action={`Revoke ${name}`} shown="Revoke" removal={{ ...revocation, mutate: () => revocation.mutate() }}>
        <p>Programs that use it are refused from then on.</p>
      </Removal>
    </li>
  )
}

const PURPOSES = {
  build: { name: 'Builds: upload source maps and releases', scopes: ['org:read', 'project:read', 'project:releases'] },
  read: {
    name: 'Reading: issues, events, figures',
    scopes: ['org:read', 'project:read', 'event:read', 'member:read', 'team:read'],
  },
  work: {
    name: 'Working: the same, and changing issues',
    scopes: ['org:read', 'project:read', 'project:releases', 'event:read', 'event:write', 'member:read', 'team:read'],
  },
  manage: {
    name: 'Managing: projects, people, settings',
    scopes: [
      'org:read',
      'org:write',
      'project:read',
      'project:write',
      'project:admin',
      'project:releases',
      'team:read',
      'team:write',
      'member:read',
      'member:write',
      'event:read',
      'event:write',
      'event:admin',
    ],
  },
} as const

type Purpose = keyof typeof PURPOSES

const OPTIONS = Object.entries(PURPOSES).map(([purpose, { name }]) => [purpose, name] as const)

const NewToken = ({ org }: { org: string }) => {
  const add = useAddToken(org)
  return (
    <section className="block">
      <h2>Another token</h2>
      <Form
        action="Make the token"
        onSubmit={({ name = '', purpose = 'build', days = '' }) =>
          add.mutate({
            name,
            scopes: [...PURPOSES[purpose as Purpose].scopes],
            ...(days && { expiresInDays: Number(days) }),
          })
        }
        sending={add}
      >
        <Field
          label="What it is for"
          name="name"
          placeholder="CI of the shop"
          required
          maxLength={100}
          autoComplete="off"
        />
        <div className="field-row">
          <LabelledSelect label="What it may do" name="purpose" options={OPTIONS} defaultValue="build" />
          <Field
            label="Days until it ends"
            name="days"
            type="number"
            min={1}
            max={3650}
            hint="Empty: it opens until it is revoked."
          />
        </div>
      </Form>
      {add.data && (
        <div role="status">
          <p>Copy it now. It is shown this once:</p>
          <Snippet name="token" code={add.data.token} />
        </div>
      )}
    </section>
  )
}

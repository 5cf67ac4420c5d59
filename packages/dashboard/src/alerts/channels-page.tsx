import type { ChannelJson } from '@foghorn/server'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { OrganizationSettings } from '../organization/organization-settings.tsx'
import { Empty, Loaded } from '../ui/states.tsx'
import { channelsQuery, useRemoveChannel, useTestChannel } from './alerts-query.ts'
import { ChannelForm } from './channel-form.tsx'
import { KINDS, type Kind } from './channel-target.ts'
import { ChangeFailure } from '../ui/change-failure.tsx'
import './alerts.css'

const route = getRouteApi('/signed-in/organizations/$org/channels')

/** Where an organization's people are told. */
export const ChannelsPage = () => {
  const { org } = route.useParams()
  const channels = useQuery(channelsQuery(org))
  return (
    <OrganizationSettings org={org} title="Channels">
      <Loaded query={channels} lines={4} label="Loading channels">
        {(found) =>
          found.length === 0 ? (
            <Empty title="Alerts have nowhere to go yet">
              <p>
                A channel is a mailbox, a chat, a pager or a program of yours. Rules of projects then say who is told.
              </p>
            </Empty>
          ) : (
            <ul className="alert-list">
              {found.map((channel) => (
                <li key={channel.id} className="card">
                  <Channel org={org} channel={channel} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      <section className="step">
        <h2>Another channel</h2>
        <ChannelForm org={org} />
      </section>
    </OrganizationSettings>
  )
}

const Channel = ({ org, channel }: { org: string; channel: ChannelJson }) => {
  const trial = useTestChannel(org)
  const removal = useRemoveChannel(org)
  const { id, name, kind, summary, failures } = channel
  return (
    <>
      <h2 className="untrusted">{name}</h2>
      <p className="muted untrusted">
        {KINDS[kind as Kind].name} · {summary}
      </p>
      {failures > 0 && <p className="form-error">It did not take the last {failures === 1 ? 'one' : failures}.</p>}
      <div className="rule-actions">
        <button
          type="button"
          className="button button-small"
          aria-label={`Send a test to ${name}`}
          aria-disabled={trial.isPending}
          onClick={() => !trial.isPending && trial.mutate(id)}
        >
          Send a test
        </button>
        <button
          type="button"
          className="button button-small"
          aria-label={`Remove ${name}`}
          onClick={() => removal.mutate(id)}
        >
          Remove
        </button>
      </div>
      {trial.data && (
        <p role="status">
          {trial.data.status === 'sent' ? 'Taken' : 'Not taken'}: <span className="untrusted">{trial.data.answer}</span>
        </p>
      )}
      <ChangeFailure error={trial.error ?? removal.error} />
    </>
  )
}

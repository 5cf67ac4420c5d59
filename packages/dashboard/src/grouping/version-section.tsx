import type { GroupingVersionJson } from '@foghorn/server'
import { useQuery } from '@tanstack/react-query'
import { announce } from '../ui/announcer.tsx'
import { Loaded } from '../ui/states.tsx'
import { usePreview, useSwitch, versionQuery, type ProjectAddress } from './grouping-query.ts'
import { PreviewResult } from './preview-result.tsx'

/** By which algorithm events are grouped, and the way to a newer one. */
export const VersionSection = ({ address }: { address: ProjectAddress }) => {
  const version = useQuery(versionQuery(address))
  return (
    <section className="step">
      <h2>Algorithm</h2>
      <Loaded query={version} lines={3} label="Loading the algorithm">
        {(found) => (
          <>
            <Version version={found} />
            {found.version < found.newest && <NewerVersion address={address} newest={found.newest} />}
          </>
        )}
      </Loaded>
    </section>
  )
}

const Version = ({ version: { version, former, formerUntil, versions } }: { version: GroupingVersionJson }) => (
  <>
    <ol className="versions">
      {versions.map((one) => (
        <li key={one.version}>
          <strong>Version {one.version}</strong>
          {one.version === version && <span className="badge badge-unresolved">in use</span>} {one.description}
        </li>
      ))}
    </ol>
    {former !== null && formerUntil !== null && (
      <p>
        Issues of version {former} are still met, until {new Date(formerUntil).toLocaleDateString()}.
      </p>
    )}
  </>
)

const NewerVersion = ({ address, newest }: { address: ProjectAddress; newest: number }) => {
  const preview = usePreview(address)
  const change = useSwitch(address)
  const confirm = () => change.mutate(newest, { onSuccess: () => announce(`Switched to version ${newest}`) })
  const failure = preview.error ?? change.error
  return (
    <>
      <p>Going over splits no issue: those that are there are met by both versions for 30 days.</p>
      <div className="rule-actions">
        <button
          type="button"
          className="button"
          aria-disabled={preview.isPending}
          onClick={() => !preview.isPending && preview.mutate({ version: newest })}
        >
          Preview version {newest}
        </button>
        <button
          type="button"
          className="button button-primary"
          aria-disabled={change.isPending}
          onClick={() => !change.isPending && confirm()}
        >
          Switch to version {newest}
        </button>
      </div>
      {preview.data && <PreviewResult preview={{ ...preview.data, rules: [] }} />}
      {failure && (
        <p className="form-error" role="alert">
          {failure.message}
        </p>
      )}
    </>
  )
}

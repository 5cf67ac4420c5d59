import type { DeadLetterJson } from '@foghorn/server'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { path, postJson, remove } from '../api/client.ts'
import { figuresKey, figuresQuery } from '../figures/figures-query.ts'
import { formatBytes } from '../figures/units.ts'
import type { ProjectAddress } from '../projects/address.ts'
import { ChangeFailure } from '../ui/change-failure.tsx'
import { Age } from '../ui/age.tsx'
import { announce } from '../ui/announcer.tsx'
import { Removal } from '../ui/removal.tsx'
import { Loaded } from '../ui/states.tsx'
import './ingest.css'

/** What was accepted and could not be digested: to look at, to try again, to throw away. */
export const DeadLetters = ({ address }: { address: ProjectAddress }) => {
  const letters = useQuery(figuresQuery<DeadLetterJson[]>(address, 'dead-letters/'))
  return (
    <section className="panel" aria-labelledby="dead-letters">
      <div className="panel-head">
        <h2 id="dead-letters">Dead letters</h2>
      </div>
      <p className="panel-intro">
        What was accepted and could not be digested, the newest hundred. Replay it when the cause is gone; what is
        downloaded is scrubbed.
      </p>
      <Loaded query={letters} lines={3} label="Loading dead letters">
        {(found) =>
          found.length === 0 ? (
            <p className="inline-empty">Nothing is set aside.</p>
          ) : (
            <ul className="letters">
              {found.map((letter) => (
                <li key={letter.id} className="letter">
                  <DeadLetter address={address} letter={letter} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  )
}

const letterPath = ({ org, project }: ProjectAddress, id: string): string =>
  path`/projects/${org}/${project}/dead-letters/${id}/`

const useLetter = (address: ProjectAddress, id: string) => {
  const queryClient = useQueryClient()
  const refresh = () => queryClient.invalidateQueries({ queryKey: figuresKey(address) })
  const replay = useMutation({
    mutationFn: () => postJson(`${letterPath(address, id)}replay/`, {}),
    onSuccess: () => {
      announce('It is on its way again')
      return refresh()
    },
  })
  const removal = useMutation({
    mutationFn: () => remove(letterPath(address, id)),
    onSuccess: () => {
      announce('Deleted')
      return refresh()
    },
  })
  return { replay, removal }
}

const DeadLetter = ({ address, letter }: { address: ProjectAddress; letter: DeadLetterJson }) => {
  const { id, reason, size, dateReceived } = letter
  const { replay, removal } = useLetter(address, id)
  const name = `dead letter ${id}`
  return (
    <>
      <div className="letter-about">
        <p className="untrusted">{reason}</p>
        <p className="muted">
          Came <Age date={dateReceived} />, {formatBytes(size)}
        </p>
        <ChangeFailure error={replay.error} />
      </div>
      <div className="letter-actions">
        <button
          type="button"
          className="button button-small"
          aria-label={`Replay ${name}`}
          aria-disabled={replay.isPending}
          onClick={() => !replay.isPending && replay.mutate()}
        >
          Replay
        </button>
        <a
          className="button button-small"
          href={`/api/0${letterPath(address, id)}envelope/`}
          download
          aria-label={`Download ${name}`}
        >
          Download
        </a>
        <Removal action={`Delete ${name}`} shown="Delete" removal={removal}>
          <p>What came with it is gone then. Download it first if it may be needed.</p>
        </Removal>
      </div>
    </>
  )
}

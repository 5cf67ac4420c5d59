import type { SavedViewJson } from '@foghorn/server'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import { announce } from '../ui/announcer.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Dropdown } from '../ui/dropdown.tsx'
import { Field } from '../ui/field.tsx'
import type { IssueSearch } from './search.ts'
import { searchOf, useRemoveView, useSaveView, viewsQuery } from './views-query.ts'

interface ViewsMenuProps {
  org: string
  search: IssueSearch
}

/** Searches that somebody keeps, and those that others share. */
export const ViewsMenu = ({ org, search }: ViewsMenuProps) => {
  const [isSaving, setSaving] = useState(false)
  return (
    <>
      <Dropdown label="Views">
        {(close) => (
          <>
            <ViewList org={org} onChoose={close} />
            <button
              type="button"
              className="dropdown-last"
              onClick={() => {
                close()
                setSaving(true)
              }}
            >
              Save this search…
            </button>
          </>
        )}
      </Dropdown>
      {isSaving && <SaveDialog org={org} search={search} onClose={() => setSaving(false)} />}
    </>
  )
}

const ViewList = ({ org, onChoose }: { org: string; onChoose: () => void }) => {
  const { data: views = [], error } = useQuery(viewsQuery(org))
  const removal = useRemoveView(org)
  const failure = error ?? removal.error
  return (
    <>
      {failure && (
        <p className="form-error" role="alert">
          {failure.message}
        </p>
      )}
      {views.length === 0 && !failure && <p className="muted dropdown-note">No saved view yet.</p>}
      <ul>
        {views.map((view) => (
          <li key={view.id} className="view">
            <Link
              to="/organizations/$org/issues"
              params={{ org }}
              search={searchOf(view)}
              className="untrusted"
              title={view.query}
              onClick={onChoose}
            >
              {view.name}
              {view.isShared && <span className="muted"> · {view.isOwn ? 'shared' : `of ${view.author}`}</span>}
            </Link>
            {view.isOwn && <RemoveButton view={view} onRemove={() => removal.mutate(view.id)} />}
          </li>
        ))}
      </ul>
    </>
  )
}

const RemoveButton = ({ view, onRemove }: { view: SavedViewJson; onRemove: () => void }) => (
  <button type="button" className="icon-button" aria-label={`Delete the view ${view.name}`} onClick={onRemove}>
    ×
  </button>
)

const SaveDialog = ({ org, search, onClose }: ViewsMenuProps & { onClose: () => void }) => {
  const save = useSaveView(org)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const values = new FormData(event.currentTarget)
    const view = { name: String(values.get('name')).trim(), isShared: values.get('shared') === 'on', search }
    if (save.isPending) return
    save.mutate(view, {
      onSuccess: () => {
        announce('Saved')
        onClose()
      },
    })
  }
  return (
    <Dialog title="Save this search" onClose={onClose}>
      <form className="form" onSubmit={submit}>
        <Field label="Name" name="name" required maxLength={80} autoFocus />
        {search.project === undefined ? (
          <p className="muted">Choose a project first to share it with all who see that project.</p>
        ) : (
          <label className="check">
            <input type="checkbox" name="shared" /> Share it with all who see this project
          </label>
        )}
        {save.error && (
          <p className="form-error" role="alert">
            Not saved. {save.error.message}
          </p>
        )}
        <button type="submit" className="button button-primary" aria-disabled={save.isPending}>
          Save
        </button>
      </form>
    </Dialog>
  )
}

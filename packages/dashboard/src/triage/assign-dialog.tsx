import { Combobox, ComboboxItem, ComboboxList, ComboboxProvider } from '@ariakit/react'
import type { AssigneeJson } from '@foghorn/server'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { sessionQuery } from '../session/session.ts'
import { Dialog } from '../ui/dialog.tsx'
import { membersQuery, teamsQuery } from './triage-query.ts'

interface AssignDialogProps {
  org: string
  onChoose: (assignee: AssigneeJson | null) => void
  onClose: () => void
}

interface Choice {
  name: string
  assignee: AssigneeJson | null
}

/** Whoever asks comes first, then people, then teams. */
const useChoices = (org: string): Choice[] => {
  const members = useQuery(membersQuery(org)).data ?? []
  const teams = useQuery(teamsQuery(org)).data ?? []
  const me = useQuery(sessionQuery).data?.user.email
  const people = members
    .toSorted((one, other) => Number(other.email === me) - Number(one.email === me))
    .map(({ id, name, email }): Choice => ({
      name: email === me ? `${name || email} (me)` : name || email,
      assignee: { type: 'user', id, name: name || email },
    }))
  return [
    ...people,
    ...teams.map(({ id, slug }): Choice => ({ name: `#${slug}`, assignee: { type: 'team', id, name: `#${slug}` } })),
    { name: 'Nobody', assignee: null },
  ]
}

const AssignDialog = ({ org, onChoose, onClose }: AssignDialogProps) => {
  const [text, setText] = useState('')
  const wanted = text.trim().toLowerCase()
  const choices = useChoices(org).filter(({ name }) => name.toLowerCase().includes(wanted))
  return (
    <Dialog title="Assign to" onClose={onClose}>
      <ComboboxProvider open value={text} setValue={setText}>
        <Combobox
          autoSelect="always"
          autoFocus
          className="combobox"
          aria-label="Person or team"
          placeholder="Person or team"
        />
        <ComboboxList alwaysVisible className="combobox-list" aria-label="People and teams">
          {choices.map(({ name, assignee }) => (
            <ComboboxItem
              key={assignee ? `${assignee.type}:${assignee.id}` : ''}
              className="combobox-item untrusted"
              focusOnHover
              setValueOnClick={false}
              onClick={() => onChoose(assignee)}
            >
              {name}
            </ComboboxItem>
          ))}
        </ComboboxList>
        {choices.length === 0 && <p className="muted">Nobody of that name.</p>}
      </ComboboxProvider>
    </Dialog>
  )
}

export default AssignDialog

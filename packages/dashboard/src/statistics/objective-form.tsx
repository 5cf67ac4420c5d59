import type { ErrorBudgetJson, ObjectiveJson } from '@foghorn/server'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { ApiError, path, putJson, remove } from '../api/client.ts'
import { figuresKey } from '../figures/figures-query.ts'
import type { ProjectAddress } from '../projects/address.ts'
import { announce } from '../ui/announcer.tsx'
import { ChangeFailure } from '../ui/change-failure.tsx'
import { Field } from '../ui/field.tsx'
import { LabelledSelect } from '../ui/labelled-select.tsx'
import { Removal } from '../ui/removal.tsx'

interface ObjectiveFormProps {
  address: ProjectAddress
  objective: ObjectiveJson | null
  onDone: () => void
}

const KINDS = { 'crash-free-sessions': 'Sessions without a crash', errors: 'Errors a day' } as const

/** Shares are entered as percentages. */
const shownTarget = ({ kind, target }: ObjectiveJson): string =>
  String(kind === 'errors' ? target : Number((target * 100).toPrecision(7)))

const SUGGESTED: ObjectiveJson = { kind: 'crash-free-sessions', target: 0.995, windowDays: 28 }

const useObjective = (address: ProjectAddress, onDone: () => void) => {
  const queryClient = useQueryClient()
  const where = path`/projects/${address.org}/${address.project}/error-budget/`
  const onSuccess = () => {
    announce('Saved')
    onDone()
    return queryClient.invalidateQueries({ queryKey: figuresKey(address) })
  }
  const change = useMutation({ mutationFn: (next: ObjectiveJson) => putJson<ErrorBudgetJson>(where, next), onSuccess })
  const removal = useMutation({ mutationFn: () => remove(where), onSuccess })
  return { change, removal }
}

/** What a project wants to reach. */
export const ObjectiveForm = ({ address, objective, onDone }: ObjectiveFormProps) => {
  const given = objective ?? SUGGESTED
  const [kind, setKind] = useState(given.kind)
  const [target, setTarget] = useState(shownTarget(given))
  const [windowDays, setWindowDays] = useState(String(given.windowDays))
  const { change, removal } = useObjective(address, onDone)
  const errors = change.error instanceof ApiError ? change.error.errors : {}
  const choose = (next: string) => {
    setKind(next as ObjectiveJson['kind'])
    setTarget(next === 'errors' ? '50' : shownTarget(SUGGESTED))
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const number = Number(target.replace(',', '.'))
    change.mutate({ kind, target: kind === 'errors' ? number : number / 100, windowDays: Number(windowDays) })
  }
  return (
    <form className="objective-form" onSubmit={submit}>
      <LabelledSelect
        label="What is measured"
        value={kind}
        options={Object.entries(KINDS)}
        onChange={(event) => choose(event.target.value)}
      />
      <Field
        label={kind === 'errors' ? 'At most, a day' : 'At least, in %'}
        value={target}
        inputMode="decimal"
        required
        onChange={(event) => setTarget(event.target.value)}
        errors={errors.target}
      />
      <Field
        label="Over so many days"
        value={windowDays}
        inputMode="numeric"
        required
        onChange={(event) => setWindowDays(event.target.value)}
        errors={errors.windowDays}
      />
      <button type="submit" className="button button-primary" aria-disabled={change.isPending}>
        Set the objective
      </button>
      {objective && (
        <Removal action="Remove the objective" shown="Remove" removal={removal}>
          <p>Nothing tells then how much may fail. Events and sessions stay counted.</p>
        </Removal>
      )}
      <ChangeFailure error={change.error} />
    </form>
  )
}

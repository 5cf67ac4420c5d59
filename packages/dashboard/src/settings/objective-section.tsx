import type { ErrorBudgetJson } from '@foghorn/server'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Field } from '../ui/field.tsx'
import { Form } from '../ui/form.tsx'
import { LabelledSelect } from '../ui/labelled-select.tsx'
import { formatCount } from '../ui/numbers.ts'
import { Loaded } from '../ui/states.tsx'
import type { ProjectAddress } from './project-settings.tsx'
import { budgetQuery, useSaveObjective, type Objective } from './settings-query.ts'

type Kind = Objective['kind']

const KINDS: readonly (readonly [Kind, string])[] = [
  ['crash-free-sessions', 'Share of sessions without a crash'],
  ['errors', 'Errors a day'],
]

/** How much failing the project tolerates. */
export const ObjectiveSection = ({ address }: { address: ProjectAddress }) => {
  const budget = useQuery(budgetQuery(address))
  return (
    <section className="block">
      <h2>Error budget</h2>
      <p className="muted">
        An objective says how much may fail. The statistics then tell what is left of it and how fast it goes.
      </p>
      <Loaded query={budget} lines={4} label="Loading the objective">
        {(found) => <ObjectiveForm key={found.objective?.kind ?? 'none'} address={address} budget={found} />}
      </Loaded>
    </section>
  )
}

const fromPercent = (percent: number): number => Number((percent / 100).toFixed(5))

const toObjective = (kind: Kind, { target = '', windowDays = '' }: Record<string, string>): Objective => ({
  kind,
  target: kind === 'errors' ? Number(target) : fromPercent(Number(target)),
  windowDays: Number(windowDays),
})

/** A share as it is edited: 0.995 -> 99.5. */
const inPercent = (share: number): number => Number((share * 100).toFixed(3))

const shownTarget = (objective: Objective | null, kind: Kind): number => {
  if (objective?.kind !== kind) return kind === 'errors' ? 50 : 99.5
  return kind === 'errors' ? objective.target : inPercent(objective.target)
}

const ObjectiveForm = ({ address, budget }: { address: ProjectAddress; budget: ErrorBudgetJson }) => {
  const { objective } = budget
  const save = useSaveObjective(address)
  const [kind, setKind] = useState<Kind>(objective?.kind ?? 'crash-free-sessions')
  return (
    <>
      {budget.budget && <Spent budget={budget.budget} />}
      <Form
        action="Save the objective"
        onSubmit={(values) => save.mutate(toObjective(kind, values))}
        sending={save}
        done="Saved"
      >
        <LabelledSelect
          label="Measured by"
          options={KINDS}
          value={kind}
          onChange={(event) => setKind(event.target.value as Kind)}
        />
        <div className="field-row">
          <Field
            key={kind}
            label={kind === 'errors' ? 'At most so many errors a day' : 'At least so many percent'}
            name="target"
            type="number"
            required
            {...(kind === 'errors' ? { min: 1 } : { min: 50, max: 99.999, step: 'any' })}
            defaultValue={shownTarget(objective, kind)}
          />
          <Field
            label="Over so many days"
            name="windowDays"
            type="number"
            required
            min={1}
            max={90}
            defaultValue={objective?.windowDays ?? 28}
          />
        </div>
      </Form>
      {objective && (
        <div>
          <button type="button" className="button" onClick={() => save.mutate(null)}>
            Do without an objective
          </button>
        </div>
      )}
    </>
  )
}

const Spent = ({ budget }: { budget: NonNullable<ErrorBudgetJson['budget']> }) => (
  <p>
    {formatCount(Math.round(budget.spent))} of {formatCount(Math.round(budget.allowed))} spent
    {budget.remaining !== null && <> · {formatCount(Math.round(budget.remaining * 100))} % left</>}
  </p>
)

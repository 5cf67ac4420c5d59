import { useState } from 'react'
import { Field } from '../ui/field.tsx'
import { Form } from '../ui/form.tsx'
import { LabelledSelect } from '../ui/labelled-select.tsx'
import { asksOf, KINDS, toTarget, type SystemKind } from './system-kinds.ts'
import { useConnect } from './tickets-query.ts'

const OPTIONS = Object.entries(KINDS).map(([kind, { name }]) => [kind, name] as const)

/** Connects another ticket system. */
export const SystemForm = ({ org }: { org: string }) => {
  const [kind, setKind] = useState<SystemKind>('github')
  const connect = useConnect(org)
  return (
    <>
      <Form
        action="Connect"
        onSubmit={(values) =>
          connect.mutate({ name: values['name'] || KINDS[kind].name, target: toTarget(kind, values) })
        }
        sending={connect}
      >
        <LabelledSelect
          label="Kind"
          value={kind}
          options={OPTIONS}
          onChange={({ target }) => setKind(target.value as SystemKind)}
        />
        <Field label="Name" name="name" placeholder={KINDS[kind].name} maxLength={100} />
        {asksOf(kind).map(([name, { label, placeholder, hint, isOptional, isSecret }]) => (
          <Field
            key={`${kind} ${name}`}
            label={label}
            name={name}
            hint={hint}
            placeholder={placeholder}
            required={!isOptional}
            type={isSecret ? 'password' : 'text'}
            autoComplete="off"
            spellCheck={false}
          />
        ))}
      </Form>
      {connect.data?.secret && (
        <div role="status" className="notice">
          <p>
            The secret of the webhook of {connect.data.name} is shown this once: <code>{connect.data.secret}</code>
          </p>
        </div>
      )}
    </>
  )
}

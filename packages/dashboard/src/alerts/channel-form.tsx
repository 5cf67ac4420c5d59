import { useState } from 'react'
import { Field } from '../ui/field.tsx'
import { Form } from '../ui/form.tsx'
import { Select } from '../ui/select.tsx'
import { useAddChannel } from './alerts-query.ts'
import { KINDS, toTarget, type Kind } from './channel-target.ts'

const OPTIONS = Object.entries(KINDS).map(([kind, { name }]) => [kind, name] as const)

/** Another place where people are told. */
export const ChannelForm = ({ org }: { org: string }) => {
  const [kind, setKind] = useState<Kind>('email')
  const add = useAddChannel(org)
  return (
    <>
      <Form
        action="Add the channel"
        onSubmit={(values) => add.mutate({ name: values['name'] || KINDS[kind].name, target: toTarget(kind, values) })}
        sending={add}
      >
        <Select label="Kind" value={kind} options={OPTIONS} onChange={(chosen) => setKind(chosen as Kind)} />
        <Field label="Name" name="name" placeholder={KINDS[kind].name} maxLength={100} />
        {Object.entries(KINDS[kind].asks).map(([name, label]) => (
          <Field key={name} label={label} name={name} required={name !== 'settings'} autoComplete="off" />
        ))}
      </Form>
      {add.data?.secret !== undefined && (
        <p role="status">
          Receivers check signatures with this secret. It is shown this once: <code>{add.data.secret}</code>
        </p>
      )}
    </>
  )
}

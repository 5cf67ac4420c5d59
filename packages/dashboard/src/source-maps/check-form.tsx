import type { ScriptCheckJson } from '@foghorn/server'
import { useMutation } from '@tanstack/react-query'
import { path, postJson } from '../api/client.ts'
import { misfitOf } from '../issue/unresolved.ts'
import type { ProjectAddress } from '../projects/address.ts'
import { Snippet } from '../projects/snippet.tsx'
import { Field } from '../ui/field.tsx'
import { Form } from '../ui/form.tsx'
import { readScript } from './check.ts'

interface CheckFormProps {
  address: ProjectAddress
  release: string | undefined
}

const useCheck = ({ org, project }: ProjectAddress) =>
  useMutation({
    mutationFn: ({ script = '', debugId = '', release }: Record<string, string>) =>
      postJson<{ scripts: ScriptCheckJson[] }>(path`/projects/${org}/${project}/sourcemaps/check/`, {
        release: release || null,
        scripts: [readScript(script, debugId)],
      }),
  })

/** Tells of a script that is deployed whether its frames would be resolved, and if not, why. */
export const CheckForm = ({ address, release }: CheckFormProps) => {
  const check = useCheck(address)
  const [answer] = check.data?.scripts ?? []
  return (
    <section className="panel map-check" aria-labelledby="check">
      <div className="panel-head">
        <h2 id="check">Check a script</h2>
      </div>
      <p className="panel-intro">
        Before an error asks: would a frame in this script be resolved? A command checks a whole page or build:
      </p>
      <Snippet name="check command" code="npx foghorn sourcemaps check https://app.example.com" />
      <Form onSubmit={(values) => check.mutate(values)} sending={check} action="Check">
        <div className="map-check-fields">
          <Field
            label="Script"
            name="script"
            required
            placeholder="https://app.example.com/assets/index-4f2a.js:1:2048"
            hint="Its address, with line and column if you have them from a stack"
          />
          <Field label="Release" name="release" defaultValue={release ?? ''} hint="If it has no debug ID" />
          <Field label="Debug ID" name="debugId" hint="The UUID at the end of the script" />
        </div>
      </Form>
      <div aria-live="polite">{answer && <Answer answer={answer} />}</div>
    </section>
  )
}

const BY: Record<string, string> = {
  'debug-id': 'its debug ID',
  url: 'release and address',
  'file-name': 'the name of its file, which holds the hash of its content',
  'path-suffix': 'release and the end of its address',
}

const Answer = ({ answer }: { answer: ScriptCheckJson }) => {
  const { found, by = '', reason, advice, detail, candidates = [], resolved } = answer
  if (found)
    return (
      <p className="map-check-answer map-check-found">
        A map was found by {BY[by] ?? by}
        {resolved > 0 ? ', and the position leads to its source.' : '.'}
      </p>
    )
  return (
    <div className="map-check-answer map-check-missing">
      <p>
        <strong>{reason}</strong>: {advice}
      </p>
      {detail && <p className="untrusted">{detail}</p>}
      <ul>
        {candidates.map((candidate) => (
          <li key={JSON.stringify(candidate)} className="untrusted">
            {misfitOf(candidate)}
          </li>
        ))}
      </ul>
    </div>
  )
}

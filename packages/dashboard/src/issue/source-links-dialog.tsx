import type { SourceLinksJson } from '@foghorn/server'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ApiError, path, putJson } from '../api/client.ts'
import type { ProjectAddress } from '../grouping/grouping-query.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { Form } from '../ui/form.tsx'
import { sourceLinksQuery } from './issue-query.ts'

const useSaveLinks = ({ org, project }: ProjectAddress) => {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (links: SourceLinksJson) =>
      putJson<SourceLinksJson>(path`/projects/${org}/${project}/source-links/`, links),
    onSuccess: (links) => queryClient.setQueryData(sourceLinksQuery({ org, project }).queryKey, links),
  })
}

interface SourceLinksDialogProps {
  address: ProjectAddress
  links: SourceLinksJson
  onClose: () => void
}

/** Where the files of the project's stacks are opened. */
export const SourceLinksDialog = ({ address, links, onClose }: SourceLinksDialogProps) => {
  const save = useSaveLinks(address)
  const errors = save.error instanceof ApiError ? save.error.errors : {}
  return (
    <Dialog title="Where files are opened" onClose={onClose}>
      <p className="muted">
        Every resolved frame then links there. <code>{'{path}'}</code> is the file, <code>{'{line}'}</code> and{' '}
        <code>{'{column}'}</code> the place, <code>{'{commit}'}</code> the last commit of the release,{' '}
        <code>{'{release}'}</code> its name.
      </p>
      <Form
        action="Save"
        sending={{ ...save, error: Object.keys(errors).length > 0 ? null : save.error }}
        onSubmit={({ repository = '', editor = '' }) => save.mutate({ repository, editor }, { onSuccess: onClose })}
      >
        <Field
          label="Repository"
          name="repository"
          defaultValue={links.repository}
          hint="https://git.example.com/shop/blob/{commit}/{path}#L{line}"
          errors={errors.repository}
        />
        <Field
          label="Editor"
          name="editor"
          defaultValue={links.editor}
          hint="vscode://file/home/ada/shop/{path}:{line}:{column}"
          errors={errors.editor}
        />
      </Form>
    </Dialog>
  )
}

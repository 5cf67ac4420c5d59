import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { projectsQuery } from '../projects/projects-query.ts'
import { announce } from '../ui/announcer.tsx'
import { ChangeFailure } from '../ui/change-failure.tsx'

/** Shows what there will be to see, before an app of one's own sends anything. */
export const DemoButton = ({ org }: { org: string }) => {
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const filling = useMutation({
    mutationFn: async () => (await import('./fill-demo.ts')).fillDemo(org),
    onSuccess: async (project) => {
      announce('The demo project is filled')
      await queryClient.invalidateQueries({ queryKey: projectsQuery(org).queryKey })
      await navigate({ to: '/organizations/$org/issues', params: { org }, search: { project: project.id } })
    },
  })
  return (
    <>
      <button
        type="button"
        className="button"
        aria-disabled={filling.isPending}
        onClick={() => !filling.isPending && filling.mutate()}
      >
        {filling.isPending ? 'Filling the demo…' : 'Look around in a demo project'}
      </button>
      <ChangeFailure error={filling.error} />
    </>
  )
}

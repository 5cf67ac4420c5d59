import { useMutation, useQueryClient, type QueryKey } from '@tanstack/react-query'
import { announce } from '../ui/announcer.tsx'

interface Change<Input, Output> {
  change: (input: Input) => Promise<Output>
  /** What is read anew after it. */
  touches: readonly QueryKey[]
  /** What screen readers are told. */
  says: string
}

/** A change of what the service keeps: what it touches is read anew before it counts as done. */
export const useChange = <Input, Output>({ change, touches, says }: Change<Input, Output>) => {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: async () => {
      await Promise.all(touches.map((queryKey) => queryClient.invalidateQueries({ queryKey })))
      announce(says)
    },
  })
}

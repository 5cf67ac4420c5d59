import type { ProjectKeyJson } from '@foghorn/server'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { announce } from '../ui/announcer.tsx'
import { ChangeFailure } from '../ui/change-failure.tsx'
import { firstEventKey } from './first-event.tsx'
import { newEventId, sendEnvelope } from './send-envelope.ts'

const testEvent = (project: string) => ({
  event_id: newEventId(),
  timestamp: Date.now() / 1000,
  platform: 'javascript',
  level: 'error',
  environment: 'test',
  exception: {
    values: [
      {
        type: 'FoghornTestError',
        value: `A test error, sent from the settings of ${project}`,
        mechanism: { type: 'generic', handled: true },
      },
    ],
  },
  tags: { sent_by: 'settings' },
  request: { url: location.href },
})

interface TestErrorProps {
  org: string
  project: string
  activeKey: ProjectKeyJson
}

/** Sends one error the way an app would, to see that everything behind the door works. */
export const TestError = ({ org, project, activeKey }: TestErrorProps) => {
  const queryClient = useQueryClient()
  const send = useMutation({
    mutationFn: () => sendEnvelope(activeKey, [{ type: 'event', payload: testEvent(project) }]),
    onSuccess: async () => {
      announce('Test error sent')
      await queryClient.invalidateQueries({ queryKey: firstEventKey(org, project) })
    },
  })
  return (
    <>
      <button
        type="button"
        className="button"
        aria-disabled={send.isPending}
        onClick={() => !send.isPending && send.mutate()}
      >
        Send a test error
      </button>
      {send.isSuccess && <span className="saved">Taken.</span>}
      <ChangeFailure error={send.error} />
    </>
  )
}

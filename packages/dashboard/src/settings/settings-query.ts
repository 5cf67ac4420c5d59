import type {
  ErrorBudgetJson,
  IngestSettings,
  OwnershipJson,
  ProjectJson,
  ProjectKeyJson,
  RetentionJson,
  ScrubbingPreviewJson,
} from '@foghorn/server'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { getJson, path, postJson, putJson, putNothing, remove, withQuery } from '../api/client.ts'
import { useChange } from '../api/use-change.ts'
import { projectKeysQuery, projectsQuery } from '../projects/projects-query.ts'
import type { ProjectAddress } from './project-settings.tsx'

const base = ({ org, project }: ProjectAddress) => path`/projects/${org}/${project}/`

export const projectQuery = (address: ProjectAddress) =>
  queryOptions({
    queryKey: ['project', address.org, address.project],
    queryFn: ({ signal }) => getJson<ProjectJson>(base(address), signal),
  })

export const useRename = (address: ProjectAddress) =>
  useChange({
    change: (name: string) => putJson<ProjectJson>(base(address), { name }),
    touches: [projectQuery(address).queryKey, projectsQuery(address.org).queryKey],
    says: 'Name saved',
  })

export const useDelete = (address: ProjectAddress) =>
  useChange<void, void>({
    change: () => remove(withQuery(base(address), { confirm: address.project })),
    touches: [projectsQuery(address.org).queryKey],
    says: 'Project deleted',
  })

const keysOf = (address: ProjectAddress) => projectKeysQuery(address.org, address.project).queryKey

export const useAddKey = (address: ProjectAddress) =>
  useChange({
    change: (name: string) => postJson<ProjectKeyJson>(`${base(address)}keys/`, { name }),
    touches: [keysOf(address)],
    says: 'Key added',
  })

export const useSwitchKey = (address: ProjectAddress) =>
  useChange({
    change: ({ id, isActive }: Pick<ProjectKeyJson, 'id' | 'isActive'>) =>
      putNothing(`${base(address)}keys/${encodeURIComponent(id)}/`, { isActive }),
    touches: [keysOf(address)],
    says: 'Key changed',
  })

export const intakeQuery = (address: ProjectAddress) =>
  queryOptions({
    queryKey: ['ingest-settings', address.org, address.project],
    queryFn: ({ signal }) => getJson<IngestSettings>(`${base(address)}ingest-settings/`, signal),
  })

export const useSaveIntake = (address: ProjectAddress) =>
  useChange({
    change: (settings: Partial<IngestSettings>) => putNothing(`${base(address)}ingest-settings/`, settings),
    touches: [intakeQuery(address).queryKey],
    says: 'Settings saved',
  })

export type Scrubbing = Pick<IngestSettings, 'secretNames' | 'safeNames' | 'ipAddresses'>

export const scrubbingPreviewQuery = (address: ProjectAddress, scrubbing: Scrubbing) =>
  queryOptions({
    queryKey: ['scrubbing-preview', address.org, address.project, scrubbing],
    queryFn: () => postJson<ScrubbingPreviewJson>(`${base(address)}ingest-settings/preview/`, scrubbing),
    placeholderData: keepPreviousData,
  })

export const ownershipQuery = (address: ProjectAddress) =>
  queryOptions({
    queryKey: ['ownership', address.org, address.project],
    queryFn: ({ signal }) => getJson<OwnershipJson>(`${base(address)}ownership/`, signal),
  })

export const useSaveOwnership = (address: ProjectAddress) =>
  useChange({
    change: (ownership: Pick<OwnershipJson, 'raw' | 'codeowners' | 'autoAssignment'>) =>
      putNothing(`${base(address)}ownership/`, ownership),
    touches: [ownershipQuery(address).queryKey],
    says: 'Ownership saved',
  })

export const retentionQuery = (address: ProjectAddress) =>
  queryOptions({
    queryKey: ['retention', address.org, address.project],
    queryFn: ({ signal }) => getJson<RetentionJson>(`${base(address)}retention/`, signal),
  })

export type RetentionChange = Record<'days' | 'events' | 'megabytes', number | null>

export const useSaveRetention = (address: ProjectAddress) =>
  useChange({
    change: (limits: RetentionChange) => putNothing(`${base(address)}retention/`, limits),
    touches: [retentionQuery(address).queryKey],
    says: 'Retention saved',
  })

export const budgetQuery = (address: ProjectAddress) =>
  queryOptions({
    queryKey: ['error-budget', address.org, address.project],
    queryFn: ({ signal }) => getJson<ErrorBudgetJson>(`${base(address)}error-budget/`, signal),
  })

export type Objective = NonNullable<ErrorBudgetJson['objective']>

/** `null` takes the objective away. */
export const useSaveObjective = (address: ProjectAddress) =>
  useChange({
    change: (objective: Objective | null) =>
      objective === null
        ? remove(`${base(address)}error-budget/`)
        : putNothing(`${base(address)}error-budget/`, objective),
    touches: [budgetQuery(address).queryKey],
    says: 'Objective saved',
  })

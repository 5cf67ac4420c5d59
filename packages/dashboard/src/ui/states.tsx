import type { ReactNode } from 'react'

/** Shown where there is nothing yet: says what would be here and what to do next. */
export const Empty = ({ title, children }: { title: string; children?: ReactNode }) => (
  <div className="state">
    <h2>{title}</h2>
    {children}
  </div>
)

export const Failure = ({ error, onRetry }: { error: Error; onRetry?: () => void }) => (
  <div className="state state-failure" role="alert">
    <h2>This could not be loaded</h2>
    <p>{error.message}</p>
    {onRetry && (
      <button type="button" className="button" onClick={onRetry}>
        Try again
      </button>
    )}
  </div>
)

/** Grey lines in place of what is being loaded. */
export const Skeleton = ({ lines, label }: { lines: number; label: string }) => (
  <div className="skeleton" role="status" aria-label={label}>
    {Array.from({ length: lines }, (_, line) => (
      <span key={line} className="skeleton-line" />
    ))}
  </div>
)

/** Reads one request's state: skeleton, failure with retry, or what `children` makes of the data. */
export const Loaded = <Data,>({ query, lines, label, children }: LoadedProps<Data>) => {
  if (query.data !== undefined) return children(query.data)
  if (query.error) return <Failure error={query.error} onRetry={() => void query.refetch()} />
  return <Skeleton lines={lines} label={label} />
}

interface LoadedProps<Data> {
  query: { data: Data | undefined; error: Error | null; refetch: () => unknown }
  /** Height of the skeleton. */
  lines: number
  /** What is being loaded, for screen readers. */
  label: string
  children: (data: Data) => ReactNode
}

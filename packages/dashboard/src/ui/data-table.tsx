import type { ReactNode } from 'react'
import { ScrollArea } from './scroll-area.tsx'

interface Column {
  title: string
  /** What its cells are as well: numbers, bars, or only for wide windows. */
  className?: string
}

interface DataTableProps {
  /** What it holds, for screen readers. */
  label: string
  columns: readonly Column[]
  /** The rows. */
  children: ReactNode
}

/** Rows under headings, which may scroll sideways. */
export const DataTable = ({ label, columns, children }: DataTableProps) => (
  <ScrollArea className="table-area" label={label}>
    <table className="data-table">
      <thead>
        <tr>
          {columns.map(({ title, className }) => (
            <th key={title} scope="col" className={className}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  </ScrollArea>
)

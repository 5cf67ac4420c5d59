import type { ReactNode } from 'react'
import { LogoIcon } from '../ui/icons.tsx'
import './entrance.css'

/** The frame of the pages that are shown before anybody is logged in. */
export const Entrance = ({ title, children }: { title: string; children: ReactNode }) => (
  <main className="entrance" id="main">
    <title>{`${title} · Foghorn`}</title>
    <div className="entrance-card">
      <p className="brand">
        <LogoIcon />
        Foghorn
      </p>
      <h1>{title}</h1>
      {children}
    </div>
  </main>
)

import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Shop } from './Shop.tsx'
import { startMonitoring } from './monitoring.ts'
import './shop.css'

startMonitoring()

createRoot(document.getElementById('shop') as HTMLElement).render(
  <StrictMode>
    <Shop />
  </StrictMode>,
)

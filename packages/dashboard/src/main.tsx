// First, so that the pages' own rules come after the common ones.
import './ui/theme.css'
import './ui/base.css'
import './ui/controls.css'
import './ui/form.css'
import './ui/blocks.css'
import './ui/overlays.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createQueryClient } from './api/query-client.ts'
import { createAppRouter } from './router.tsx'
import { sessionQuery } from './session/session.ts'
import { applyTheme, readTheme } from './ui/theme.ts'

applyTheme(readTheme())

const queryClient = createQueryClient(() => {
  queryClient.setQueryData(sessionQuery.queryKey, null)
  void router.invalidate()
})
const router = createAppRouter(queryClient)

const root = document.getElementById('root')
if (root)
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </StrictMode>,
  )

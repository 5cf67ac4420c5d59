// Empty projects as people begin them, which report an error of their own. `{{dsn}}` stands for where to.
export interface Project {
  name: string
  /** Ours, and what else they install. */
  packages: string[]
  others: string[]
  /** The command that builds it, if it has to be. */
  build?: string[]
  /** Folder of what is served. */
  served: string
  files: Record<string, string>
  /** The title of the issue that it makes. */
  title: string
}

const PAGE = '<!doctype html><meta charset="utf-8"><title>It</title><div id="root"></div>'

const viteAndReact: Project = {
  name: 'Vite and React',
  packages: ['@foghorn/react', '@foghorn/bundler-plugin'],
  others: ['vite@8', '@vitejs/plugin-react@6', 'react@19', 'react-dom@19'],
  build: ['vite', 'build'],
  served: 'dist',
  title: 'RangeError: Vite and React',
  files: {
    'index.html': `${PAGE}<script type="module" src="/main.jsx"></script>`,
    'vite.config.mjs': `
      import react from '@vitejs/plugin-react'
      import { foghorn } from '@foghorn/bundler-plugin/vite'
      export default { plugins: [react(), foghorn()], build: { sourcemap: true } }`,
    'main.jsx': `
      import { createRoot } from 'react-dom/client'
      import { init } from '@foghorn/browser'
      import { ErrorBoundary, reactRootHandlers } from '@foghorn/react'
      init({ dsn: '{{dsn}}' })
      const Broken = () => { throw new RangeError('Vite and React') }
      createRoot(document.getElementById('root'), reactRootHandlers()).render(
        <ErrorBoundary fallback={<p>Something went wrong.</p>}><Broken /></ErrorBoundary>,
      )`,
  },
}

const next: Project = {
  name: 'Next.js',
  packages: ['@foghorn/react', '@foghorn/feedback'],
  others: ['next@16', 'react@19', 'react-dom@19'],
  build: ['next', 'build'],
  served: 'out',
  title: 'RangeError: Next.js',
  files: {
    'next.config.mjs': "export default { output: 'export' }",
    'app/layout.jsx': 'export default ({ children }) => <html lang="en"><body>{children}</body></html>',
    'app/page.jsx': "import { Broken } from './broken.jsx'\nexport default () => <Broken />",
    'app/broken.jsx': `
      'use client'
      import { useEffect, useState } from 'react'
      import { init } from '@foghorn/browser'
      import { feedbackButton } from '@foghorn/feedback'
      import { ErrorBoundary } from '@foghorn/react'
      init({ dsn: '{{dsn}}' })
      const Late = () => {
        const [isLate, setLate] = useState(false)
        useEffect(() => { feedbackButton(); setLate(true) }, [])
        if (isLate) throw new RangeError('Next.js')
        return <p>Well.</p>
      }
      export const Broken = () => <ErrorBoundary fallback={<p>Something went wrong.</p>}><Late /></ErrorBoundary>`,
  },
}

const webpack: Project = {
  name: 'webpack',
  packages: ['@foghorn/browser', '@foghorn/bundler-plugin'],
  others: ['webpack@5', 'webpack-cli@6'],
  build: ['webpack'],
  served: '.',
  title: 'RangeError: webpack',
  files: {
    'index.html': `${PAGE}<script src="dist/main.js"></script>`,
    'webpack.config.cjs': `
      const { foghorn } = require('@foghorn/bundler-plugin/webpack')
      module.exports = { mode: 'production', devtool: 'source-map', entry: './main.js', plugins: [foghorn()] }`,
    'main.js': `
      import { defaultSources, init } from '@foghorn/browser'
      import { webVitals } from '@foghorn/browser/vitals'
      init({ dsn: '{{dsn}}', sources: [...defaultSources(), webVitals()] })
      setTimeout(() => { throw new RangeError('webpack') })`,
  },
}

const plain: Project = {
  name: 'a plain page',
  packages: ['@foghorn/browser'],
  others: [],
  served: '.',
  title: 'RangeError: a plain page',
  files: {
    'index.html': `${PAGE}<script src="node_modules/@foghorn/browser/dist/foghorn.min.js"></script>
      <script>
        Foghorn.init({ dsn: '{{dsn}}' })
        setTimeout(() => { throw new RangeError('a plain page') })
      </script>`,
  },
}

export const PROJECTS: Project[] = [viteAndReact, next, webpack, plain]

/** Programs that use what the packages export, for compilers that are as strict as they can be. */
export const TYPED: Record<string, string> = {
  'page.ts': `
    import { captureException, defaultSources, init, type ClientEvent, type Options } from '@foghorn/browser'
    import { liveness } from '@foghorn/browser/liveness'
    import { staleDeploy } from '@foghorn/browser/stale-deploy'
    import { startSpan, tracing } from '@foghorn/browser/tracing'
    import { webVitals } from '@foghorn/browser/vitals'
    import { workerErrors } from '@foghorn/browser/worker'
    import { feedbackButton, type FeedbackOptions } from '@foghorn/feedback'
    import { ErrorBoundary, reactRootHandlers, withErrorBoundary, type ErrorBoundaryProps } from '@foghorn/react'
    import { handleErrorWithFoghorn } from '@foghorn/svelte'
    import { foghorn } from '@foghorn/vue'
    const sources = [...defaultSources(), webVitals(), tracing(), liveness(), staleDeploy(), workerErrors(new Worker('w.js'))]
    const options: Options = { dsn: 'https://a@b.test/1', sources, beforeSend: (event: ClientEvent) => event }
    init(options)
    const id: string | undefined = captureException(new Error('typed'), { tags: { step: 'pay' } })
    const texts: FeedbackOptions = {}
    export const used = [id, feedbackButton(texts), reactRootHandlers(), withErrorBoundary, ErrorBoundary, foghorn, startSpan]
    export type Props = ErrorBoundaryProps
    export const handleError = handleErrorWithFoghorn()`,
  'node.ts': `
    import { readConfig, serve, type Service } from '@foghorn/server'
    import { foghorn } from '@foghorn/bundler-plugin/vite'
    import type { Plugin } from 'vite'
    export const start = (): Promise<Service> => serve(readConfig(process.env))
    export const plugins: Plugin[] = [foghorn({ release: 'a@1' })].flat()
    // @ts-expect-error no setting has this name
    foghorn({ relaese: 'a@1' })`,
}

/** What they need besides the packages. */
export const TYPES = ['@types/react@19', '@types/node@20', 'react@19', 'vue@3', 'vite@8']

/** Compilers, oldest to newest. */
export const COMPILERS = ['typescript@5.4', 'typescript@5.9', 'typescript@6.0', 'typescript@7.0']

export const WAYS = { script: 'Script tag', npm: 'npm', react: 'React', vite: 'Vite' } as const
export type Way = keyof typeof WAYS

/** What a project's snippets need to know. */
export interface Site {
  /** Where the service is. */
  origin: string
  publicKey: string
  dsn: string
  org: string
  project: string
}

export interface Step {
  /** What to do with the code. */
  text: string
  /** What the code is, as in “Copy script tag”. */
  name: string
  code: string
}

/** The line that loads the SDK, already configured for a project. */
const scriptTag = ({ origin, publicKey }: Site): string =>
  `<script src="${origin}/js/${publicKey}.js" crossorigin="anonymous"></script>`

const init = ({ dsn }: Site): string => `import { init } from '@foghorn/browser'

init({ dsn: '${dsn}' })
`

const reactRoot = ({ dsn }: Site): string => `import { init } from '@foghorn/browser'
import { ErrorBoundary, reactRootHandlers } from '@foghorn/react'
import { createRoot } from 'react-dom/client'
import App from './App'

init({ dsn: '${dsn}' })

createRoot(document.getElementById('root')!, reactRootHandlers()).render(
  <ErrorBoundary fallback={<p>Something went wrong.</p>}>
    <App />
  </ErrorBoundary>,
)
`

const viteConfig = ({ origin, org, project }: Site): string => `import { foghorn } from '@foghorn/bundler-plugin/vite'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [foghorn({ url: '${origin}', org: '${org}', project: '${project}' })],
})
`

/** The steps of each way to add the SDK to an app. */
export const stepsOf: Record<Way, (site: Site) => Step[]> = {
  script: (site) => [
    {
      text: 'Paste this first into the page’s head. It needs no build and catches errors from then on:',
      name: 'script tag',
      code: scriptTag(site),
    },
  ],
  npm: (site) => [
    { text: 'Install the package:', name: 'install command', code: 'npm install @foghorn/browser' },
    { text: 'Call it before anything else of the app:', name: 'init call', code: init(site) },
  ],
  react: (site) => [
    { text: 'Install the packages:', name: 'install command', code: 'npm install @foghorn/browser @foghorn/react' },
    { text: 'Where the app starts, such as src/main.tsx:', name: 'React root', code: reactRoot(site) },
  ],
  vite: (site) => [
    {
      text: 'Install the packages:',
      name: 'install command',
      code: 'npm install @foghorn/browser\nnpm install --save-dev @foghorn/bundler-plugin',
    },
    {
      text: 'In vite.config.ts: builds then upload their source maps, where FOGHORN_AUTH_TOKEN holds a token:',
      name: 'Vite config',
      code: viteConfig(site),
    },
    { text: 'Before anything else of the app, such as on top of src/main.ts:', name: 'init call', code: init(site) },
  ],
}

export const uploadCommands = ({ origin, org, project }: Pick<Site, 'origin' | 'org' | 'project'>): string =>
  `export FOGHORN_URL=${origin}
export FOGHORN_AUTH_TOKEN=…   # Make one under People and access, Tokens
npx foghorn sourcemaps inject dist
npx foghorn sourcemaps upload dist --org ${org} --project ${project}`

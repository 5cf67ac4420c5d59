/** The line that loads the SDK, already configured for a project. */
export const scriptTag = (origin: string, publicKey: string): string =>
  `<script src="${origin}/js/${publicKey}.js" crossorigin="anonymous"></script>`

export const NPM_INSTALL = 'npm install @foghorn/browser'

export const npmInit = (dsn: string): string => `import { init } from '@foghorn/browser'

init({
  dsn: '${dsn}',
  release: 'my-app@1.0.0',
})`

export const sourcemapUpload = (origin: string, place: { org: string; project: string }): string =>
  `export FOGHORN_URL=${origin}
export FOGHORN_AUTH_TOKEN=…   # foghorn token create --org ${place.org}
npx foghorn sourcemaps inject dist
npx foghorn sourcemaps upload dist --org ${place.org} --project ${place.project}`

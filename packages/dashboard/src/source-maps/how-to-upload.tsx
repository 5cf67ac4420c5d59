import type { ProjectAddress } from '../projects/address.ts'
import { uploadCommands } from '../projects/snippets.ts'
import { Snippet } from '../projects/snippet.tsx'

/** What to do where nothing was uploaded. */
export const HowToUpload = ({ address }: { address: ProjectAddress }) => (
  <>
    <p className="panel-intro">
      Nothing was uploaded yet. With the maps of your build, minified stacks turn into those of your own source, also of
      events that are here already. Run this after each build:
    </p>
    <Snippet name="upload commands" code={uploadCommands({ origin: location.origin, ...address })} />
  </>
)

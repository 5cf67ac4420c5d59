import { CopyButton } from '../ui/copy-button.tsx'
import { ScrollArea } from '../ui/scroll-area.tsx'

interface SnippetProps {
  /** What the code is, as in “Copy script tag”. */
  name: string
  code: string
}

export const Snippet = ({ name, code }: SnippetProps) => (
  <div className="snippet">
    <ScrollArea className="snippet-code" label={name}>
      <pre>{code}</pre>
    </ScrollArea>
    <CopyButton text={code} label={`Copy ${name}`} look="icon" />
  </div>
)

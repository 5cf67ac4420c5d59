import type { ReactNode } from 'react'

const schemeIsWeb = (text: string): boolean => /^https?:\/\//i.test(text) && URL.canParse(text)

/** Text from an event: a link only where it is a whole http(s) address, for anybody can send an event. */
export const WebLink = ({ text }: { text: string }): ReactNode =>
  schemeIsWeb(text) ? (
    <a href={text} target="_blank" rel="noopener noreferrer nofollow">
      {text}
    </a>
  ) : (
    text
  )

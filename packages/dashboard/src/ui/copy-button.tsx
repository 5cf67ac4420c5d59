import { useEffect, useState } from 'react'
import { announce } from './announcer.tsx'
import { copyText } from './copy.ts'
import { CheckIcon, CopyIcon } from './icons.tsx'

const SHOWN_FOR_MS = 2_000

interface CopyButtonProps {
  text: string
  /** What is copied, as in “Copy stack”. */
  label: string
  /** `icon` shows the label on hover and to screen readers only. */
  look?: 'text' | 'icon'
}

export const CopyButton = ({ text, label, look = 'text' }: CopyButtonProps) => {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), SHOWN_FOR_MS)
    return () => clearTimeout(timer)
  }, [copied])
  const copy = async () => {
    const worked = await copyText(text)
    setCopied(worked)
    announce(worked ? 'Copied' : 'This browser did not allow copying')
  }
  return (
    <button
      type="button"
      className={look === 'icon' ? 'icon-button' : 'button button-small'}
      onClick={() => void copy()}
      {...(look === 'icon' && { 'aria-label': label, title: label })}
    >
      {copied ? <CheckIcon /> : <CopyIcon />}
      {look === 'text' && (copied ? 'Copied' : label)}
    </button>
  )
}

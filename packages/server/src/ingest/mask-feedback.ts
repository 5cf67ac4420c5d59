import type { MaskTexts } from '../extensions/mask-texts.ts'
import type { FeedbackEntry, NewAttachment, NewFeedback } from '../ports/feedback.ts'

const maskTold = async (feedback: NewFeedback, mask: MaskTexts): Promise<NewFeedback> => {
  const { message, name, email, url, source } = feedback
  return { ...feedback, ...(await mask({ message, name, email, url, source })) }
}

const TEXT = /^\s*(?:text\/|application\/(?:[\w.-]+[+-])?json\b)/i

const decoder = new TextDecoder()

/** Its bytes stay as they are where nothing was masked: they may be no UTF-8. */
const maskFile = async (file: NewAttachment, mask: MaskTexts): Promise<NewAttachment> => {
  const { name } = await mask({ name: file.name })
  if (!TEXT.test(file.contentType)) return { ...file, name }
  const text = decoder.decode(file.bytes)
  const masked = await mask({ text })
  return { ...file, name, ...(masked.text !== text && { bytes: new TextEncoder().encode(masked.text) }) }
}

/** What people told, and files that came along, without what maskers of extensions find: in their texts, names, and files of text. */
export const maskFeedback = (entry: FeedbackEntry, mask: MaskTexts): Promise<FeedbackEntry> =>
  entry.kind === 'feedback' ? maskTold(entry, mask) : maskFile(entry, mask)

import { useQuery } from '@tanstack/react-query'
import { Section } from '../issue/section.tsx'
import { FeedbackItem } from './feedback-item.tsx'
import { issueFeedbackQuery } from './feedback-query.ts'

/** What people told about an issue, when anybody did. */
export const IssueFeedback = ({ org, issueId }: { org: string; issueId: string }) => {
  const { data } = useQuery(issueFeedbackQuery(org, issueId))
  if (!data || data.items.length === 0) return null
  return (
    <Section title="What people told">
      <ul className="feedback-list">
        {data.items.map((feedback) => (
          <li key={feedback.id}>
            <FeedbackItem org={org} feedback={feedback} />
          </li>
        ))}
      </ul>
    </Section>
  )
}

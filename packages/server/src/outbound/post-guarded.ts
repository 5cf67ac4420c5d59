import { askGuarded, type Ask, type Asked, type AskRule } from './ask-guarded.ts'
import { withoutEcho } from './without-echo.ts'

export type Post = Omit<Ask, 'method'> & { body: string }

export type PostRule = Omit<AskRule, 'answerBytes'>

export type Posted = Asked

// What a receiver answers is shown to people; the beginning will do.
const ANSWER_BYTES = 64 * 1024

/** Posts to an address that people have entered. What comes back does not tell the credentials that were sent. */
export const postGuarded = async (post: Post, rule: PostRule): Promise<Posted> => {
  const posted = await askGuarded({ ...post, method: 'POST' }, { ...rule, answerBytes: ANSWER_BYTES })
  return posted.ok ? { ...posted, body: withoutEcho(posted.body, post) } : posted
}

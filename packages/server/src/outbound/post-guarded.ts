import { askGuarded, type Ask, type Asked, type AskRule } from './ask-guarded.ts'

export type Post = Omit<Ask, 'method'> & { body: string }

export type PostRule = Omit<AskRule, 'answerBytes'>

export type Posted = Asked

// What a receiver answers is shown to people; the beginning will do.
const ANSWER_BYTES = 64 * 1024

/** Posts to an address that people have entered. */
export const postGuarded = (post: Post, rule: PostRule): Promise<Posted> =>
  askGuarded({ ...post, method: 'POST' }, { ...rule, answerBytes: ANSWER_BYTES })

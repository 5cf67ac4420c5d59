import { describe, expect, onTestFinished, test } from 'vitest'
import { keepLeading, type Leading } from '../../src/roles/keep-leading.ts'
import type { Leadership } from '../../src/ports/leadership.ts'

interface Member {
  leading: Leading
  leave(): Promise<void>
}

/** What every leadership that several processes share must do. Each call of `open` stands for another process. */
export const leadershipContract = (adapter: string, open: () => Promise<Leadership>): void => {
  const openOne = async (): Promise<Leadership> => {
    const leadership = await open()
    onTestFinished(() => leadership.close())
    return leadership
  }

  describe(adapter, () => {
    test('one leads, and the next one when it gives the lead back', async () => {
      const [one, other] = [await openOne(), await openOne()]
      const onLost = (): void => expect.unreachable()
      expect([await one.claim(onLost), await other.claim(onLost)]).toEqual([true, false])
      await one.close()
      await expect.poll(() => other.claim(onLost)).toBe(true)
      expect(await one.claim(onLost)).toBe(false)
    })

    test('of many that ask at once one leads', async () => {
      const all = await Promise.all(Array.from({ length: 8 }, openOne))
      const claims = await Promise.all(all.map((one) => one.claim(() => undefined)))
      expect(claims.filter(Boolean)).toHaveLength(1)
    })

    test('work is done by one at a time, whoever comes and goes', async () => {
      const state = { working: 0, mostAtOnce: 0, begun: 0 }
      const enter = async (): Promise<Member> => {
        const leadership = await openOne()
        const lead = () => {
          state.begun += 1
          state.mostAtOnce = Math.max(state.mostAtOnce, (state.working += 1))
          return async () => void (state.working -= 1)
        }
        const fail = (error: unknown): void => expect.unreachable(String(error))
        const leading = keepLeading({ leadership, lead, onLost: fail, onFailure: fail, claimEveryMs: 5 })
        leading.start()
        const leave = async () => {
          await leading.stop()
          await leadership.close()
        }
        return { leading, leave }
      }
      let inside: Member[] = await Promise.all([enter(), enter(), enter()])
      for (let round = 1; round <= 5; round += 1) {
        await expect.poll(() => state.begun).toBe(round)
        const leader = inside.find(({ leading }) => leading.isLeading)!
        await leader.leave()
        inside = [...inside.filter((one) => one !== leader), await enter()]
      }
      await Promise.all(inside.map(({ leave }) => leave()))
      expect([state.mostAtOnce, state.working]).toEqual([1, 0])
    })
  })
}

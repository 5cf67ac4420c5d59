/** Why a request was not taken. A value, so that each stage can say no without throwing. */
export interface Refusal {
  refused: true
  status: 400 | 401 | 403 | 404 | 413 | 415 | 429 | 503
  /** One sentence for the person who reads the network panel. */
  detail: string
}

export const refuse = (status: Refusal['status'], detail: string): Refusal => ({ refused: true, status, detail })

export const isRefusal = (value: object): value is Refusal => 'refused' in value

import { expect } from '@playwright/test'
import type { EventJson, EventSummaryJson, FeedbackJson, IssueJson } from '@foghorn/server'

export interface Reader {
  issues(): Promise<IssueJson[]>
  /** Waits until an issue's title holds the text. */
  issue(text: string): Promise<IssueJson>
  /** Waits until the event is readable. */
  event(eventId: string): Promise<EventJson>
  /** Waits for the issue, and reads its newest event by that event's ID. */
  latestEvent(text: string): Promise<EventJson>
  eventsOf(issue: IssueJson): Promise<EventSummaryJson[]>
  /** Waits until somebody has told the text. */
  feedback(text: string): Promise<FeedbackJson>
  /** What the project's address below `/projects/…/` answers now. */
  figures<Body>(path: string): Promise<Body>
  /** Changes what the project takes in. */
  decide(settings: object): Promise<void>
  /** Sends a body to an address below `/api/0`. */
  change(method: 'POST' | 'PUT', path: string, body: object): Promise<void>
}

interface Access {
  url: string
  token: string
  org: string
  project: string
}

/** The next page of a list, by the API's `Link` header. */
const nextPage = (response: Response) =>
  /<([^>]+)>; rel="next"; results="true"/.exec(response.headers.get('link') ?? '')?.[1]

/** The public API, read with a token as any other client would. */
export const createReader = ({ url, token, org, project }: Access): Reader => {
  const request = async (address: string): Promise<Response | undefined> => {
    const response = await fetch(address, { headers: { authorization: `Bearer ${token}` } })
    if (response.status === 404) return undefined
    expect(response.status, `GET ${address}`).toBe(200)
    return response
  }
  const get = async <Body>(path: string) => (await (await request(`${url}/api/0${path}`))?.json()) as Body | undefined
  const pagesFrom = async <Item>(address: string): Promise<Item[]> => {
    const page = await request(address)
    if (!page) return []
    const items = (await page.json()) as Item[]
    const next = nextPage(page)
    return next === undefined ? items : [...items, ...(await pagesFrom<Item>(next))]
  }
  const list = <Item>(path: string) => pagesFrom<Item>(`${url}/api/0${path}`)
  const eventually = async <Body>(what: string, read: () => Promise<Body | undefined>): Promise<Body> => {
    let found: Body | undefined
    const isThere = async () => (found = await read()) !== undefined
    await expect.poll(isThere, { message: `${what} is readable` }).toBe(true)
    return found as Body
  }
  const issues = () => list<IssueJson>(`/projects/${org}/${project}/issues/?query=`)
  const issue = (text: string) =>
    eventually(`the issue "${text}"`, async () => (await issues()).find(({ title }) => title.includes(text)))
  const event = (eventId: string) =>
    eventually(`event ${eventId}`, () => get<EventJson>(`/projects/${org}/${project}/events/${eventId}/`))
  const eventsOf = ({ id }: IssueJson) => list<EventSummaryJson>(`/organizations/${org}/issues/${id}/events/`)
  const latestEvent = async (text: string) => {
    const { id } = await issue(text)
    const latest = await get<EventJson>(`/organizations/${org}/issues/${id}/events/latest/`)
    return event((latest as EventJson).eventID)
  }
  const feedback = (text: string) =>
    eventually(`feedback "${text}"`, async () =>
      (await list<FeedbackJson>(`/projects/${org}/${project}/user-feedback/`)).find(
        ({ comments }) => comments === text,
      ),
    )
  const figures = async <Body>(path: string) => (await get<Body>(`/projects/${org}/${project}/${path}`)) as Body
  const change = async (method: string, path: string, body: object) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const response = await fetch(`${url}/api/0${path}`, { method, headers, body: JSON.stringify(body) })
    expect(response.ok, `${method} ${path}`).toBe(true)
  }
  const decide = (settings: object) => change('PUT', `/projects/${org}/${project}/ingest-settings/`, settings)
  return { issues, issue, event, latestEvent, eventsOf, feedback, figures, decide, change }
}

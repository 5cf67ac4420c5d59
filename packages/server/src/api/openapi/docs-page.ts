import { html } from 'hono/html'
import type { JsonSchema } from './answers.ts'
import type { OpenApi } from './describe.ts'

const STYLE = `
  body { font: 15px/1.5 system-ui, sans-serif; color: #111; background: #fff; max-width: 64rem; margin: 2rem auto; padding: 0 1rem }
  h2 { margin: 2.5rem 0 .5rem } details { border-bottom: 1px solid #ddd; padding: .4rem 0 }
  summary { cursor: pointer } code, pre { font: 13px/1.45 ui-monospace, monospace } pre { overflow-x: auto; background: #f6f6f6; padding: .75rem }
  .method { display: inline-block; min-width: 4.5rem; font-weight: 600 } .quiet { color: #555 }
  @media (prefers-color-scheme: dark) { body { color: #eee; background: #16181d } pre { background: #22252c } details { border-color: #333 } .quiet { color: #aaa } }`

interface Operation {
  tags: string[]
  parameters: { name: string; in: string; required: boolean; schema: JsonSchema }[]
  requestBody?: { content: Record<string, { schema: JsonSchema }> }
  responses: Record<string, { description: string; content?: Record<string, { schema: JsonSchema }> }>
  security: { token?: string[] }[]
}

const schemaOf = (content: Record<string, { schema: JsonSchema }> | undefined): JsonSchema | undefined =>
  content?.['application/json']?.schema

const code = (schema: JsonSchema) => html`<pre>${JSON.stringify(schema, null, 2)}</pre>`

const parameterRow = ({ name, in: where, required, schema }: Operation['parameters'][number]) =>
  html`<li>
    <code>${name}</code> <span class="quiet">${where}${required ? '' : ', optional'}</span>
    <code>${JSON.stringify(schema)}</code>
  </li>`

const operation = (method: string, path: string, { parameters, requestBody, responses, security }: Operation) => {
  const body = schemaOf(requestBody?.content)
  const scope = security[0]?.token?.[0]
  const answers = Object.entries(responses).filter(([status]) => Number(status) < 300)
  return html`<details id="${method}${path}">
    <summary>
      <span class="method">${method.toUpperCase()}</span>
      <code>${path}</code> ${scope === undefined ? '' : html`<span class="quiet">${scope}</span>`}
    </summary>
    ${
      parameters.length > 0
        ? html`<ul>
            ${parameters.map(parameterRow)}
          </ul>`
        : ''
    }
    ${
      body
        ? html`<p>Body</p>
            ${code(body)}`
        : ''
    }
    ${answers.map(
      ([status, { content }]) =>
        html`<p>${status}</p>
          ${content ? code(schemaOf(content)!) : ''}`,
    )}
  </details>`
}

const byTag = ({ paths }: OpenApi): Map<string, ReturnType<typeof operation>[]> => {
  const tags = new Map<string, ReturnType<typeof operation>[]>()
  for (const [path, methods] of Object.entries(paths))
    for (const [method, described] of Object.entries(methods)) {
      const known = described as unknown as Operation
      const tag = known.tags[0]!
      tags.set(tag, [...(tags.get(tag) ?? []), operation(method, path, known)])
    }
  return new Map([...tags].toSorted(([a], [b]) => a.localeCompare(b)))
}

/** The description of the API to be read: no script, everything in it escaped. */
export const docsPage = (description: OpenApi) =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${description.info.title}: the API</title>
        <style>
          ${STYLE}
        </style>
      </head>
      <body>
        <h1>${description.info.title}: the API</h1>
        <p>
          ${description.info.description} For programs:
          <a href="/api/0/openapi.json"><code>/api/0/openapi.json</code></a
          >.
        </p>
        ${[...byTag(description)].map(
          ([tag, operations]) =>
            html`<h2>${tag}</h2>
              ${operations}`,
        )}
        <h2>Shapes</h2>
        ${Object.entries(description.components.schemas).map(
          ([name, schema]) =>
            html`<details id="${name}">
              <summary><code>${name}</code></summary>
              ${code(schema)}
            </details>`,
        )}
      </body>
    </html>`

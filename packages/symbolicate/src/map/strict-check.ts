/**
 * What `source-map`, the strictest reader in use, says against a map; undefined when it takes it. It holds the whole map in
 * memory, so it is loaded and asked only on request.
 */
export const strictComplaint = async (json: string): Promise<string | undefined> => {
  const { SourceMapConsumer } = await import('source-map')
  try {
    // Mappings are parsed with the first question.
    await SourceMapConsumer.with(json, null, (consumer) => consumer.originalPositionFor({ line: 1, column: 0 }))
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message.slice(0, 200) : String(error)
  }
}

// A reporter of Vitest: leaves what failed in a file, for the end of a log that is too long to be read from its start.
import { writeFileSync } from 'node:fs'

const firstLine = (error) => String(error?.message ?? error).split('\n')[0]

const failuresOf = (module) => [
  ...[...module.children.allTests('failed')].map((test) => `${test.fullName}: ${firstLine(test.result().errors[0])}`),
  ...module.errors().map(firstLine),
]

export default class FailedTests {
  onTestRunEnd(modules, unhandled) {
    const failed = modules.flatMap((module) =>
      failuresOf(module).map((text) => `${module.relativeModuleId} (${module.project.name}): ${text}`),
    )
    const lines = [...failed, ...unhandled.map((error) => `Unhandled: ${error?.stack ?? firstLine(error)}`)]
    writeFileSync(process.env.FOGHORN_FAILED_TESTS, lines.join('\n'))
  }
}

import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseStackText, resolveFrames } from '@foghorn/symbolicate'
import { Command } from 'commander'
import { findMaps } from '../symbolicate/find-maps.ts'
import { chooseIndex, openMaps } from '../symbolicate/open-maps.ts'
import { toJson, toText, type SymbolicatedException } from '../symbolicate/print-stacks.ts'

interface Options {
  maps: string
  json?: boolean
}

/** `foghorn symbolicate`: the original form of a pasted stack, offline. */
export const symbolicateCommand = (): Command =>
  new Command('symbolicate')
    .description('Print the original form of minified stacks, from a file or standard input, offline')
    .argument(
      '[file]',
      'text that holds the stacks of any browser, log lines around them tolerated; default: standard input',
    )
    .option('--maps <path>', 'folder that holds the source maps, searched as a whole, or one map', '.')
    .option('--json', 'print JSON: {"exceptions":[{"type","value","frames":[…]}]}')
    .action(async (file: string | undefined, options: Options, command: Command) => {
      const exceptions = await symbolicate(await readText(file, command), options, command)
      process.stdout.write(options.json === true ? toJson(exceptions) : exceptions.map(toText).join('\n'))
    })

const symbolicate = async (text: string, options: Options, command: Command): Promise<SymbolicatedException[]> => {
  const parsed = parseStackText(text)
  if (parsed.length === 0) {
    command.error('No stack found in the text. Paste the error with its frames, as the console or the log shows them.')
  }
  const maps = findMaps(resolve(options.maps), options.maps, command)
  const opened = await openMaps(parsed, maps)
  return parsed.map(({ type, value, frames, engine }) => ({
    type,
    value,
    frames: resolveFrames(frames, (frame) => chooseIndex(frame, opened), { engine }),
  }))
}

const readText = async (file: string | undefined, command: Command): Promise<string> => {
  if (file !== undefined && file !== '-') {
    if (!existsSync(file))
      command.error(`No such file: ${file}. Give a file with the stack, or none to read standard input.`)
    return readFileSync(file, 'utf8')
  }
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

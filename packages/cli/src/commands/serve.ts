import { Command } from 'commander'
import { say } from '../output.ts'

interface Flags {
  port?: string
  host?: string
  data?: string
  config?: string
  role?: string
}

const untilAskedToStop = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve())
  })

export const serveCommand = (): Command =>
  new Command('serve')
    .description('Run the service')
    .option('--port <number>', 'port to listen on (FOGHORN_PORT; default: 4300)')
    .option('--host <address>', 'address to listen on (FOGHORN_HOST; default: 127.0.0.1)')
    .option('--data <folder>', 'folder for everything that is kept (FOGHORN_DATA; default: ./foghorn-data)')
    .option(
      '--config <file>',
      'file with settings (FOGHORN_CONFIG; default: ./foghorn.config.json, where there is one)',
    )
    .option(
      '--role <roles>',
      'what it does: web, ingest, worker, scheduler, with commas between (FOGHORN_ROLE; default: all)',
    )
    .action(async ({ port, host, data, config, role }: Flags) => {
      const { readConfig, serve } = await import('@foghorn/server')
      const stopped = untilAskedToStop()
      const service = await serve(readConfig(process.env, { port, host, data, config, role }))
      say(`Foghorn is at ${service.url}`)
      if (service.setupUrl !== undefined) say(`Make the first account at ${service.setupUrl} (the link works once)`)
      await stopped
      await service.close()
    })

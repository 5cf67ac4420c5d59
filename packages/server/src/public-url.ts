import type { Settings } from './adapters/sql/settings.ts'
import type { Config } from './config.ts'

const NAME = 'public_url'

/** The service notes where it is reached, so that commands on the data folder print addresses that work. */
export const rememberUrl = (settings: Settings, url: string): Promise<void> => settings.set(NAME, url)

/** Where the service is reached: as configured, else as it was last started, else the default address. */
export const rememberedUrl = async (settings: Settings, config: Config): Promise<string> => {
  const configured = config.publicUrl ?? `http://${config.host}:${config.port}`
  return config.addressChosen ? configured : ((await settings.get(NAME)) ?? configured)
}

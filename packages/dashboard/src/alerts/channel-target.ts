/** What each kind of channel asks for; the first is the default. */
export const KINDS = {
  email: { name: 'E-mail', asks: { to: 'Addresses, with commas between' } },
  slack: { name: 'Slack', asks: { url: 'Address of the incoming webhook' } },
  teams: { name: 'Microsoft Teams', asks: { url: 'Address of the workflow' } },
  discord: { name: 'Discord', asks: { url: 'Address of the webhook' } },
  mattermost: { name: 'Mattermost', asks: { url: 'Address of the incoming webhook' } },
  telegram: { name: 'Telegram', asks: { token: 'Token of the bot', chatId: 'Chat' } },
  pagerduty: { name: 'PagerDuty', asks: { routingKey: 'Integration key (Events API v2)' } },
  opsgenie: { name: 'Opsgenie', asks: { apiKey: 'API key' } },
  webhook: { name: 'Webhook', asks: { url: 'Address' } },
  extension: {
    name: 'Extension',
    asks: { notifier: 'Notifier, like acme/pager', settings: 'Settings, like room=12, with commas between' },
  },
} as const satisfies Record<string, { name: string; asks: Record<string, string> }>

export type Kind = keyof typeof KINDS

/** Settings of an extension as a form takes them: `room=12, team=x`. */
export const settingsOf = (text: string): Record<string, string> =>
  Object.fromEntries(
    text
      .split(',')
      .filter((part) => part.trim() !== '')
      .map((part) => {
        const [name = '', ...value] = part.split('=')
        return [name.trim(), value.join('=').trim()]
      }),
  )

/** Where a channel leads, as its form says; the service says what does not fit. */
export const toTarget = (kind: Kind, { name: _name, ...values }: Record<string, string>): object => {
  if (kind === 'extension') return { kind, ...values, settings: settingsOf(values['settings'] ?? '') }
  if (kind !== 'email') return { kind, ...values }
  const to = (values['to'] ?? '')
    .split(',')
    .map((address) => address.trim())
    .filter((address) => address !== '')
  return { kind, to }
}

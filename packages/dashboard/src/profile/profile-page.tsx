import { useRouteContext } from '@tanstack/react-router'
import { useState } from 'react'
import { announce } from '../ui/announcer.tsx'
import { LabelledSelect } from '../ui/labelled-select.tsx'
import { saveTheme, readTheme, type Theme } from '../ui/theme.ts'
import { saveTimeZone, TIME_ZONES, timeZone } from '../ui/time-zone.ts'
import { formatMoment } from '../ui/time.ts'
import { AccountSection, PasswordSection } from './account-sections.tsx'
import { Subscriptions } from './subscriptions.tsx'

/** Whoever is logged in: the account, and how this browser shows things to them. */
export const ProfilePage = () => {
  const session = useRouteContext({ from: '/signed-in', select: (context) => context.session })
  return (
    <div className="page page-medium">
      <title>Profile · Foghorn</title>
      <div className="page-head">
        <h1>Profile</h1>
      </div>
      <AccountSection session={session} />
      <PasswordSection user={session.user} />
      <section className="block">
        <h2>This browser</h2>
        <ThemeChoice />
        <TimeZoneChoice />
      </section>
      {session.organizations.map((organization) => (
        <Subscriptions key={organization.id} organization={organization} />
      ))}
    </div>
  )
}

const THEMES: readonly (readonly [Theme, string])[] = [
  ['system', 'As the system has it'],
  ['light', 'Light'],
  ['dark', 'Dark'],
]

const ThemeChoice = () => {
  const [theme, setTheme] = useState(readTheme)
  const choose = (chosen: Theme) => {
    saveTheme(chosen)
    setTheme(chosen)
  }
  return (
    <LabelledSelect
      label="Theme"
      options={THEMES}
      value={theme}
      onChange={(event) => choose(event.target.value as Theme)}
    />
  )
}

const OWN_ZONE = ''

const TimeZoneChoice = () => {
  const [zone, setZone] = useState(timeZone() ?? OWN_ZONE)
  const own = new Intl.DateTimeFormat().resolvedOptions().timeZone
  const options = [[OWN_ZONE, `This device’s: ${own}`] as const, ...TIME_ZONES.map((name) => [name, name] as const)]
  const choose = (chosen: string) => {
    saveTimeZone(chosen === OWN_ZONE ? undefined : chosen)
    setZone(chosen)
    announce('Time zone saved')
  }
  return (
    <LabelledSelect
      label="Time zone"
      options={options}
      value={zone}
      onChange={(event) => choose(event.target.value)}
      hint={`Now it is ${formatMoment(new Date())}.`}
    />
  )
}

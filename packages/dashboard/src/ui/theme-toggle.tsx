import { useState } from 'react'
import { AutoIcon, MoonIcon, SunIcon } from './icons.tsx'
import { readTheme, saveTheme, THEMES } from './theme.ts'

const ICONS = { system: AutoIcon, light: SunIcon, dark: MoonIcon }

export const ThemeToggle = () => {
  const [theme, setTheme] = useState(readTheme)
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system'
  const Icon = ICONS[theme]
  const change = () => {
    saveTheme(next)
    setTheme(next)
  }
  const label = `Theme: ${theme}. Change to ${next}.`
  return (
    <button type="button" className="icon-button" onClick={change} aria-label={label} title={label}>
      <Icon />
    </button>
  )
}

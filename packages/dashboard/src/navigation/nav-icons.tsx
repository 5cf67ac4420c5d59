import { Icon } from '../ui/icons.tsx'

// All icons of the sidebar, so that a page's entry is one line.

export const IssuesIcon = () => (
  <Icon>
    <path d="M8 1.8 15 14H1z" />
    <path d="M8 6.2v3.6M8 11.7v.2" />
  </Icon>
)

export const FeedbackIcon = () => (
  <Icon>
    <path d="M2 3h12v8H7l-3.2 2.6V11H2z" />
  </Icon>
)

export const ReleasesIcon = () => (
  <Icon>
    <path d="m8 1.8 6 3v6.4l-6 3-6-3V4.8z" />
    <path d="m2 4.8 6 3 6-3M8 7.8v6.4" />
  </Icon>
)

export const VitalsIcon = () => (
  <Icon>
    <path d="M1.5 8h3l2-5 3 10 2-5h3" />
  </Icon>
)

export const PerformanceIcon = () => (
  <Icon>
    <path d="M2.2 12.5a6.5 6.5 0 1 1 11.6 0M8 9l3-3.5" />
  </Icon>
)

export const SourceMapsIcon = () => (
  <Icon>
    <path d="m5 4.5-3.5 3.5L5 11.5M11 4.5l3.5 3.5-3.5 3.5M9.2 3 6.8 13" />
  </Icon>
)

export const AlertsIcon = () => (
  <Icon>
    <path d="M3 11.5c1.2-1.2 1-3 1-4.5a4 4 0 0 1 8 0c0 1.5-.2 3.3 1 4.5zM6.5 14h3" />
  </Icon>
)

export const IngestIcon = () => (
  <Icon>
    <path d="M2 9.5h3.5l1 2h3l1-2H14M2 9.5V13h12V9.5M8 1.8v5.4M5.5 5 8 7.4 10.5 5" />
  </Icon>
)

export const StatisticsIcon = () => (
  <Icon>
    <path d="M2 14h12M4 11.5V8M8 11.5V3M12 11.5V6" />
  </Icon>
)

export const SettingsIcon = () => (
  <Icon>
    <path d="M2 4.5h6M12 4.5h2M2 11.5h2M8 11.5h6" />
    <circle cx="10" cy="4.5" r="2" />
    <circle cx="6" cy="11.5" r="2" />
  </Icon>
)

export const ProjectsIcon = () => (
  <Icon>
    <path d="M2 2.5h5v5H2zM9 2.5h5v5H9zM2 9.5h5v4H2zM9 9.5h5v4H9z" />
  </Icon>
)

export const OrganizationIcon = () => (
  <Icon>
    <circle cx="8" cy="5" r="2.5" />
    <path d="M3 14c0-3 2.2-4.5 5-4.5s5 1.5 5 4.5" />
  </Icon>
)

export const MenuIcon = () => (
  <Icon>
    <path d="M2 4h12M2 8h12M2 12h12" />
  </Icon>
)

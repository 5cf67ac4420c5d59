// The order in which pages are read. Paths start at this package's folder; those outside have their home beside the code.

export const SECTIONS = [
  { title: 'Start', pages: ['index.md', 'quick-start.md', 'troubleshooting.md'] },
  {
    title: 'Report errors',
    pages: ['script-tag.md', 'npm.md', 'react.md', 'vue.md', 'svelte.md', 'feedback.md', 'privacy.md'],
  },
  { title: 'Readable stacks', pages: ['source-maps.md', 'bundlers.md', 'source-maps-from-ci.md'] },
  {
    title: 'Work with issues',
    pages: ['issues.md', 'grouping.md', 'search.md', 'figures.md', 'alerts.md', 'tickets.md'],
  },
  {
    title: 'Run it',
    pages: ['self-hosting.md', '../packages/server/README.md', 'security.md', 'measured.md'],
  },
  { title: 'Look up', pages: ['api.md', 'command-line.md', '../packages/README.md', '../CHANGELOG.md'] },
  {
    title: 'Come from elsewhere',
    pages: ['from-sentry.md', 'from-glitchtip.md', 'from-bugsink.md', 'from-bugsnag.md', 'from-rollbar.md'],
  },
]

/** Where a page stands that is not listed above, at the end. */
export const OTHERWISE = 'Run it'

/** What pages outside of this folder are called: in addresses, and in the navigation. */
export const OUTSIDE = {
  '../packages/server/README.md': { name: 'settings', title: 'Settings and operation' },
  '../packages/README.md': { name: 'architecture', title: 'Architecture' },
  '../CHANGELOG.md': { name: 'changelog', title: 'Changelog' },
}

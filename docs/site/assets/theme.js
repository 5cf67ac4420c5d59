// Runs before anything is drawn, so that a page does not flash. The choice is the dashboard's.
try {
  document.documentElement.dataset.theme = localStorage.getItem('foghorn.theme') ?? 'system'
} catch {
  document.documentElement.dataset.theme = 'system'
}

import adapter from '@sveltejs/adapter-static'

/** Some pages are rendered when the app is built; the client makes the others. */
export default {
  kit: {
    adapter: adapter({ pages: 'dist', fallback: 'app.html' }),
    prerender: { crawl: false, entries: ['/', '/mast', '/tide'] },
  },
}

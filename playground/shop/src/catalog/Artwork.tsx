/** The line drawing of a product. */
export const Artwork = ({ outline }: { outline: string }) => (
  <svg className="artwork" viewBox="0 0 48 48" aria-hidden="true">
    <path d={outline} />
  </svg>
)

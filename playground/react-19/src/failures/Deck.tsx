/** In a chunk of its own, which tests take away. */
export default function Deck() {
  return <p>On deck</p>
}

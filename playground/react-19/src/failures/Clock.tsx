/** Shows another time than the server did. */
export const Clock = () => <p>10:01</p>

interface Departure {
  pier: { name: string }
}

const departures = [{ pier: { name: 'North' } }, {}] as Departure[]

const DepartureRow = ({ departure }: { departure: Departure }) => <li>{departure.pier.name}</li>

/** Fails while rendering: the second departure has no pier. */
export const Timetable = () => (
  <ul>
    {departures.map((departure, index) => (
      <DepartureRow key={index} departure={departure} />
    ))}
  </ul>
)

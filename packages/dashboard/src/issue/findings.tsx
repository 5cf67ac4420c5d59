/** What was found of uploads that nearly fit; their names come from whoever uploaded them. */
export const Findings = ({ findings }: { findings: readonly string[] }) =>
  findings.length === 0 ? null : (
    <ul className="findings" aria-label="Nearest uploads">
      {findings.map((finding) => (
        <li key={finding} className="untrusted">
          {finding}
        </li>
      ))}
    </ul>
  )

/** What went wrong with the last change, if something did. */
export const ChangeFailure = ({ error }: { error: Error | null }) =>
  error && (
    <p className="form-error" role="alert">
      {error.message}
    </p>
  )

import { Combobox, ComboboxItem, ComboboxPopover, ComboboxProvider } from '@ariakit/react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react'
import { membersQuery, teamsQuery } from '../triage/triage-query.ts'
import { complete, draftAt, suggest, tagOf, type Draft, type Suggestion } from './completion.ts'
import { tagKeysQuery, tagValuesQuery } from './issues-query.ts'
import { SEARCH_FIELD, type SearchFieldProps, type Selection } from './search-field.ts'

/** What may come next: the search's own words, and what the service knows of the issues that were seen last. */
const useSuggestions = ({ org, project }: SearchFieldProps, draft: Draft | undefined): Suggestion[] => {
  const scope = project === undefined ? {} : { project }
  const isOpen = draft !== undefined
  const tag = draft && tagOf(draft)
  const text = draft?.text ?? ''
  const keys = useQuery({ ...tagKeysQuery(org, project), enabled: isOpen })
  const values = useQuery({
    ...tagValuesQuery(org, { key: tag ?? '', text, ...scope }),
    enabled: tag !== undefined,
    placeholderData: keepPreviousData,
  })
  const members = useQuery({ ...membersQuery(org), enabled: draft?.key === 'assigned' })
  const teams = useQuery({ ...teamsQuery(org), enabled: draft?.key === 'assigned' })
  if (!draft) return []
  return suggest(draft, {
    tags: (keys.data ?? []).map(({ key }) => key),
    values: tag === undefined ? [] : (values.data ?? []).filter(({ key }) => key === tag).map(({ value }) => value),
    people: [...(members.data ?? []).map(({ email }) => email), ...(teams.data ?? []).map(({ slug }) => `#${slug}`)],
  })
}

/** What is written, where, and what may come next. The list is open while there is a caret to complete at. */
const useCompletion = (props: SearchFieldProps, selection: Selection | undefined) => {
  const [text, setText] = useState(props.query)
  const [caret, setCaret] = useState(selection?.to)
  const field = useRef<HTMLInputElement>(null)
  const nextSelection = useRef(selection)
  const draft = caret === undefined ? undefined : draftAt(text, caret)
  const suggestions = useSuggestions(props, draft)
  // Before the next key: between two fields it would go nowhere.
  useLayoutEffect(() => {
    if (nextSelection.current === undefined) return
    field.current?.focus()
    field.current?.setSelectionRange(nextSelection.current.from, nextSelection.current.to)
    nextSelection.current = undefined
  })
  const take = (suggestion: Suggestion) => {
    if (!draft) return
    const done = complete(text, draft, suggestion)
    setText(done.text)
    setCaret(done.caret)
    nextSelection.current = { from: done.caret, to: done.caret }
  }
  const openAt = ({ selectionStart, value }: HTMLInputElement) => setCaret(selectionStart ?? value.length)
  return {
    text,
    setText,
    field,
    suggestions,
    take,
    openAt,
    isOpen: caret !== undefined,
    close: () => setCaret(undefined),
  }
}

interface CompletingSearchProps extends SearchFieldProps {
  /** What is selected in the field that it takes the place of, while somebody writes there. */
  selection: Selection | undefined
}

/** The search field with a list of what may come next; a chunk of its own. */
const CompletingSearch = ({ selection, ...props }: CompletingSearchProps) => {
  const { text, setText, field, suggestions, take, openAt, isOpen, close } = useCompletion(props, selection)
  const follow = ({ key, currentTarget }: KeyboardEvent<HTMLInputElement>) => {
    if (key === 'ArrowDown' && !isOpen) openAt(currentTarget)
    // With a suggestion in focus the key takes that, else it sends the form.
    if (key === 'Escape' || (key === 'Enter' && !currentTarget.hasAttribute('aria-activedescendant'))) close()
  }
  return (
    <ComboboxProvider value={text} setValue={setText} open={isOpen}>
      <Combobox
        {...SEARCH_FIELD}
        ref={field}
        showOnClick={false}
        showOnChange={false}
        showOnKeyPress={false}
        onChange={({ currentTarget }) => openAt(currentTarget)}
        onClick={({ currentTarget }) => openAt(currentTarget)}
        // Before the key reaches the suggestion, after which none is in focus any more.
        onKeyDownCapture={follow}
        onBlur={({ currentTarget, relatedTarget }) => !currentTarget.form?.contains(relatedTarget) && close()}
      />
      <Suggestions suggestions={suggestions} onTake={take} />
    </ComboboxProvider>
  )
}

const Suggestions = ({ suggestions, onTake }: { suggestions: Suggestion[]; onTake: (one: Suggestion) => void }) => (
  <ComboboxPopover
    className={suggestions.length === 0 ? 'combobox-empty' : 'combobox-list combobox-popover'}
    gutter={4}
    aria-label="What may come next"
    portal={false}
  >
    {suggestions.map((suggestion) => (
      <ComboboxItem
        key={suggestion.insert}
        className="combobox-item"
        focusOnHover
        setValueOnClick={false}
        hideOnClick={false}
        onClick={() => onTake(suggestion)}
      >
        <span className="untrusted">{suggestion.label}</span>
        {suggestion.note && <span className="muted">{suggestion.note}</span>}
      </ComboboxItem>
    ))}
  </ComboboxPopover>
)

export default CompletingSearch

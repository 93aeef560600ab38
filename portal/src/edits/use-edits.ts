import { useState } from 'react';
import { changedValues } from './changed-values';

interface Edits<T> {
  /** The stored values, with the edits in their place. */
  readonly fields: T;
  readonly edit: (edits: Partial<T>) => void;
  /** Drops the edits that the form had when this function was returned. Edits that were made later stay. */
  readonly drop: () => void;
}

/**
 * Keeps the edits of a form apart from the stored values, which others can change while the form is open.
 * Fields without an edit then show the new values, and the edits stay.
 */
export function useEdits<T extends object>(stored: T): Edits<T> {
  const [edits, setEdits] = useState<Partial<T>>({});
  return {
    fields: { ...stored, ...edits },
    edit: (more) => setEdits((current) => changedValues<Partial<T>>({ ...current, ...more }, stored)),
    drop: () => setEdits((current) => changedValues<Partial<T>>(current, edits)),
  };
}

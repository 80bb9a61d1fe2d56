import { useState } from 'react';

export interface Field<T> {
  value: T;
  set: (value: T) => void;
  /** What was stored when the user began to write. */
  known: T;
  /** Whether there is something to be written. */
  changed: boolean;
  /** Takes this as what is stored and shown. */
  take: (stored: T) => void;
}

/**
 * A field that is written when it is left. What another tab writes is shown at once as long as nothing was
 * written here; else `known` stays what it was, and the write finds that the field has changed.
 */
export function useField<T extends string>(stored: T): Field<T> {
  const [known, setKnown] = useState(stored);
  const [value, set] = useState(stored);
  const take = (now: T) => {
    setKnown(now);
    set(now);
  };
  if (stored !== known && (value === known || value === stored)) take(stored);
  return { value, set, known, changed: value !== known, take };
}

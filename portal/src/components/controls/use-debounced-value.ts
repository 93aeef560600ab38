import { useEffect, useState } from 'react';

const DEBOUNCE_MS = 250;

/** The value as it was when it last stayed the same for a moment: what is typed is looked for once, not letter by letter. */
export function useDebouncedValue(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), DEBOUNCE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

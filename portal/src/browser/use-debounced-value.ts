import { useEffect, useState } from 'react';

const DEBOUNCE_MS = 250;

/**
 * Returns the value after it has stopped changing, so that typing causes one search instead of one per
 * letter.
 */
export function useDebouncedValue(value: string): string {
  const [debounced, setDebounced] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setDebounced(value), DEBOUNCE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return debounced;
}

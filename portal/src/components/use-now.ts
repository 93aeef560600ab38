import { useEffect, useState } from 'react';

const TICK_MS = 30_000;

/** The time as of the last half minute or rendering, so that "5 minutes ago" stays true on a page that is left open. */
export function useNow(): Date {
  const [, setTicks] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setTicks((ticks) => ticks + 1), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return new Date();
}

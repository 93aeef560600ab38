import { longTime, shortTime, shortDate } from '../../format/time';
import { useEffect, useState } from 'react';

const REFRESH_MS = 30_000;

/** The time as of the last half minute or rendering, so that "5 minutes ago" stays true on a page that is left open. */
export function useNow(): Date {
  const [, setTicks] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setTicks((ticks) => ticks + 1), REFRESH_MS);
    return () => clearInterval(timer);
  }, []);
  return new Date();
}

/** The day of a point in time, exactly on hover. */
export function Day({ at }: { readonly at: string }) {
  return (
    <time dateTime={at} title={longTime(at)}>
      {shortDate(at)}
    </time>
  );
}

/** A point in time: as it is read quickest, exactly on hover. */
export function Time({ at }: { readonly at: string }) {
  return (
    <time dateTime={at} title={longTime(at)}>
      {shortTime(at, useNow())}
    </time>
  );
}

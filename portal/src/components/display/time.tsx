import { longTime, shortTime, shortDate } from '../../format/time';
import { useEffect, useState } from 'react';

const REFRESH_MS = 30_000;

/** Returns the current time, and renders again every half minute, so that "5 minutes ago" stays true. */
function useNow(): Date {
  const [, setTicks] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setTicks((ticks) => ticks + 1), REFRESH_MS);
    return () => clearInterval(timer);
  }, []);
  return new Date();
}

/** Shows the date. Hovering shows the exact time. */
export function Day({ at }: { readonly at: string }) {
  return (
    <time dateTime={at} title={longTime(at)}>
      {shortDate(at)}
    </time>
  );
}

/** Shows a short or relative time. Hovering shows the exact time. */
export function Time({ at }: { readonly at: string }) {
  return (
    <time dateTime={at} title={longTime(at)}>
      {shortTime(at, useNow())}
    </time>
  );
}

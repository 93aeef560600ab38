import { longTime, shortDate } from '../format/time';

/** The day of a point in time, exactly on hover. */
export function Day({ at }: { readonly at: string }) {
  return (
    <time dateTime={at} title={longTime(at)}>
      {shortDate(at)}
    </time>
  );
}

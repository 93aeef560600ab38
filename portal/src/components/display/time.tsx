import { longTime, shortTime } from '../../format/time';
import { useNow } from '../use-now';

/** A point in time: as it is read quickest, exactly on hover. */
export function Time({ at }: { readonly at: string }) {
  return (
    <time dateTime={at} title={longTime(at)}>
      {shortTime(at, useNow())}
    </time>
  );
}

import { fromCountsItem, type SeatCounts } from './counts';
import { domainOfCounts } from '../table/keys';
import type { StreamImage } from '../table/stream-record';

export interface DomainCounts {
  readonly domainId: string;
  readonly counts: SeatCounts;
}

/** The counts of a domain in an image of the table's stream; undefined for any other item. */
export function countsInImage(image: StreamImage | undefined): DomainCounts | undefined {
  const domainId = domainOfCounts({ pk: image?.pk?.S ?? '', sk: image?.sk?.S ?? '' });
  if (domainId === undefined) return undefined;
  const number = (name: string): number | undefined => {
    const text = image?.[name]?.N;
    return text === undefined ? undefined : Number(text);
  };
  return {
    domainId,
    counts: fromCountsItem({
      users: number('users'),
      groups: number('groups'),
      activeLicenses: number('activeLicenses'),
      pendingLicenses: number('pendingLicenses'),
      seats: number('seats'),
      seatPolicy: image?.seatPolicy?.S,
    }),
  };
}

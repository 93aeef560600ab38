import { idPrefixOfTime } from '../../id';
import { auditPartition } from '../table/keys';
import { MalformedItem, type Item } from '../table/read-item';
import type { Table } from '../table/table';
import type { AuditEvent } from './audit';
import { readAuditEvent } from './read-audit-event';

/** A page has up to 1 MB, which is about 2,000 events. */
const MAX_PAGES = 4;

/** A time span in milliseconds since the epoch. It includes both ends. */
export interface IdSpan {
  readonly from: number;
  readonly to: number;
}

/**
 * Returns the events of a domain, or of the deployment, whose ids were created within a span, oldest first. Of very many,
 * it returns the first ones. Leaves out events of a later version that this one cannot read.
 */
export async function auditEventsWithin(
  table: Table,
  domainId: string,
  { from, to }: IdSpan,
): Promise<AuditEvent[]> {
  const sortKey = { between: [idPrefixOfTime(from), `${idPrefixOfTime(to)}~`] } as const;
  const events: AuditEvent[] = [];
  let pages = 0;
  for await (const items of table.pages({ pk: auditPartition(domainId), sortKey })) {
    events.push(...items.flatMap(readIfKnown));
    if (++pages === MAX_PAGES) break;
  }
  return events;
}

function readIfKnown(item: Item): AuditEvent[] {
  try {
    return [readAuditEvent(item)];
  } catch (error) {
    if (error instanceof MalformedItem) return [];
    throw error;
  }
}

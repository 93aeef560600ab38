import { idPrefixOfTime } from '../../id';
import { auditPartition } from '../table/keys';
import { MalformedItem, type Item } from '../table/read-item';
import type { Table } from '../table/table';
import type { AuditEvent } from './audit';
import { readAuditEvent } from './read-audit-event';

/** A time span in milliseconds since the epoch. It includes both ends. */
export interface IdSpan {
  readonly from: number;
  readonly to: number;
}

/**
 * Reads the events of a domain, or of the deployment, whose ids were created within a span, oldest first,
 * page by page. Leaves out events of a later version that this one cannot read. Without `pageSize`, a page
 * has up to 1 MB, which is about 1,000 events.
 */
export async function* auditEventsWithin(
  table: Table,
  domainId: string,
  { from, to }: IdSpan,
  pageSize?: number,
): AsyncGenerator<readonly AuditEvent[]> {
  const sortKey = { between: [idPrefixOfTime(from), `${idPrefixOfTime(to)}~`] } as const;
  const query = { pk: auditPartition(domainId), sortKey, ...(pageSize !== undefined && { limit: pageSize }) };
  for await (const items of table.pages(query)) yield items.flatMap(readIfKnown);
}

function readIfKnown(item: Item): AuditEvent[] {
  try {
    return [readAuditEvent(item)];
  } catch (error) {
    if (error instanceof MalformedItem) return [];
    throw error;
  }
}

import { idPrefixOfTime, newId } from '../../../shared/id';
import type { ActorSources } from '../../../shared/service/events/event-actors';
import type { AuditEvent } from '../../../shared/store/audit/audit';

/** The events of a page of 1 MB. */
const FULL_PAGE = 1_000;

/** An audit log in memory, which counts the events that are read. */
export class MemoryAuditLog implements ActorSources {
  private events: AuditEvent[] = [];
  read = 0;

  /** Adds an event of a client. Its id is created `idAfterMs` after its time. */
  add(resourceId: string, at: Date, client: string, idAfterMs = 2): void {
    const id = newId(new Date(at.getTime() + idAfterMs));
    const actor = { kind: 'scimKey', keyId: client, keyName: client } as const;
    this.events.push({ id, at: at.toISOString(), action: 'user.updated', resourceId, actor });
  }

  readonly auditEvents: ActorSources['auditEvents'] = (_, span, pageSize) => this.pages(span, pageSize);

  private async *pages(
    { from, to }: { readonly from: number; readonly to: number },
    pageSize = FULL_PAGE,
  ): AsyncGenerator<readonly AuditEvent[]> {
    const within = this.events
      .filter(({ id }) => id >= idPrefixOfTime(from) && id <= `${idPrefixOfTime(to)}~`)
      .sort((one, other) => (one.id < other.id ? -1 : 1));
    for (let first = 0; first < within.length; first += pageSize) {
      const page = await Promise.resolve(within.slice(first, first + pageSize));
      this.read += page.length;
      yield page;
    }
  }
}

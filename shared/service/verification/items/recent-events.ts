import { idPrefixOfTime } from '../../../id';
import type { AuditAction } from '../../../store/audit/audit';
import { auditPartition, type ItemKey } from '../../../store/table/keys';
import type { Item } from '../../../store/table/read-item';
import type { Table } from '../../../store/table/table';
import { stringOf, type CheckContext, type Discrepancy } from './check';

const DAY_MS = 86_400_000;

/** The sweep of a large group may take this long after its deletion, in milliseconds. */
const SWEEP_MS = 2 * 3_600_000;

/** A change and its event have their times from one request, but not always from the same moment. */
const SAME_REQUEST_MS = 30_000;

/** The id of an event may be older or newer than its time, because a request writes several events. */
const MARGIN_MS = 2 * SAME_REQUEST_MS;

/** A change that must have an audit event. */
interface ExpectedEvent {
  readonly item: ItemKey;
  /** RFC 3339. */
  readonly at: string;
  readonly resourceId: string;
  /** The other kind of resource whose changes may have changed the item, because of a membership. */
  readonly by?: 'user' | 'group';
}

/** Finds the audit events of the last changes of a domain. */
export class RecentEvents {
  constructor(
    private readonly table: Table,
    private readonly domainId: string,
  ) {}

  /** Returns whether the sweep of a deleted group may not have ended at a time. */
  async isSwept(groupId: string | undefined, at: Date): Promise<boolean> {
    const events = await this.between(at.getTime() - SWEEP_MS, at.getTime(), 'group.deleted');
    return events.some((event) => groupId === undefined || event.resourceId === groupId);
  }

  /** Returns the items whose last change has no event, if it was made in the last day. */
  async missing(items: readonly (Item & ItemKey)[], context: CheckContext): Promise<ItemKey[]> {
    const expected = items.flatMap((item) => expectedEvent(item, this.domainId, context) ?? []);
    const suspects = await this.withoutEvent(expected, { eventuallyConsistent: true });
    const missing: ItemKey[] = [];
    for (const suspect of suspects) {
      // The item may have changed since it was read.
      const item = await this.table.get(suspect.item);
      const now = item && expectedEvent({ ...item, ...suspect.item }, this.domainId, context);
      if (!now || (await this.withoutEvent([now])).length === 0) continue;
      if (now.by === 'group' && (await this.isSwept(undefined, new Date(now.at)))) continue;
      const after = await this.table.get(suspect.item);
      if (after && expectedEvent({ ...after, ...suspect.item }, this.domainId, context)?.at === now.at)
        missing.push(suspect.item);
    }
    return missing;
  }

  private async withoutEvent(
    expected: readonly ExpectedEvent[],
    options: { readonly eventuallyConsistent?: boolean } = {},
  ): Promise<ExpectedEvent[]> {
    const known = new Map<string, number[]>();
    const add = (resource: string, time: number) => {
      const times = known.get(resource);
      if (times) times.push(time);
      else known.set(resource, [time]);
    };
    for (const [first, last] of ranges(expected.map(({ at }) => Date.parse(at))))
      for (const { at, resourceId, action } of await this.between(first, last, undefined, options)) {
        add(stringOf(resourceId), Date.parse(stringOf(at)));
        add(allOf(stringOf(action).split('.')[0]), Date.parse(stringOf(at)));
      }
    const isKnown = (resource: string, at: string) =>
      known.get(resource)?.some((time) => Math.abs(time - Date.parse(at)) <= SAME_REQUEST_MS) === true;
    return expected.filter(
      ({ at, resourceId, by }) => !isKnown(resourceId, at) && !(by && isKnown(allOf(by), at)),
    );
  }

  private async between(
    first: number,
    last: number,
    action?: AuditAction,
    options: { readonly eventuallyConsistent?: boolean } = {},
  ): Promise<Item[]> {
    const events: Item[] = [];
    const pages = this.table.pages({
      pk: auditPartition(this.domainId),
      sortKey: { between: [idPrefixOfTime(first), idPrefixOfTime(last + 1)] },
      attributes: ['sk', 'at', 'resourceId', 'action'],
      ...(action && { filter: { expression: '#action = :action', values: { action } } }),
      ...options,
    });
    for await (const items of pages) events.push(...items);
    return events;
  }
}

/** Stands for all resources of a kind. No resource has this id. */
const allOf = (kind = ''): string => `#${kind}`;

/** Returns the times around the expected events, as few ranges as possible. */
function ranges(times: readonly number[]): [number, number][] {
  const merged: [number, number][] = [];
  for (const time of [...times].sort((a, b) => a - b)) {
    const last = merged.at(-1);
    if (last && time - MARGIN_MS <= last[1]) last[1] = time + MARGIN_MS;
    else merged.push([time - MARGIN_MS, time + MARGIN_MS]);
  }
  return merged;
}

function expectedEvent(
  item: Item & ItemKey,
  domainId: string,
  { now }: CheckContext,
): ExpectedEvent | undefined {
  const { pk, sk } = item;
  const [kind = '', groupId] = pk.slice(domainId.length + 1).split('#');
  const rule = RULES[groupId === undefined ? kind : `${kind}#`];
  const at = rule && item[rule.time];
  if (typeof at !== 'string' || Date.parse(at) < now.getTime() - DAY_MS) return undefined;
  return { item: { pk, sk }, at, resourceId: groupId ?? sk, ...(rule?.by && { by: rule.by }) };
}

/** The items whose changes have events, by what follows the domain in their partition key. */
const RULES: Readonly<Record<string, { readonly time: string; readonly by?: 'user' | 'group' } | undefined>> =
  {
    LICENSE: { time: 'changedAt' },
    USER: { time: 'lastModified', by: 'group' },
    GROUP: { time: 'lastModified', by: 'user' },
    // The heads of a spread group.
    'HEAD#': { time: 'lastModified', by: 'user' },
  };

/** The discrepancy about an item whose last change has no event. Nobody knows who made the change. */
export const eventMissing = (key: ItemKey): Discrepancy => ({
  problem: 'audit-event-missing',
  found: `The last change of the ${nounOf(key)} has no audit event.`,
  action: 'Find the change in the logs of the functions, by the ID and the time of the change.',
});

function nounOf({ pk, sk }: ItemKey): string {
  const [, headOf] = /#HEAD#(.*)$/.exec(pk) ?? [];
  if (headOf !== undefined) return `group ${headOf}`;
  if (pk.endsWith('#GROUP')) return `group ${sk}`;
  return `${pk.endsWith('#LICENSE') ? 'license of the user' : 'user'} ${sk}`;
}

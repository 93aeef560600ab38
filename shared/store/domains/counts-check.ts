import { countsCheckKey, resourcePartition, licensePartition } from '../table/keys';
import { number, oneOf, optionalNumber, optionalText, text, type Item } from '../table/read-item';
import type { Table } from '../table/table';
import type { Counts } from './counts';

/** The things that a check counts, in this order. */
const PHASES = ['USER', 'GROUP', 'LICENSE'] as const;
type Phase = (typeof PHASES)[number];

/** A check that continues after a request. It begins with the counts whose fingerprint it has. */
export interface CountsCheck {
  readonly fingerprint: string;
  /** Absent if everything is counted. */
  readonly place?: { readonly phase: Phase; readonly after?: string };
  readonly counted: Counts;
  /** Whether the check prepared a repair when it began. */
  readonly repair: boolean;
  /** The domain is counted for this many times, because it changed. */
  readonly attempt: number;
}

/** A check whose client does not continue it is deleted after a day. */
const TTL_SECONDS = 86_400;

export const newCheck = (fingerprint: string, repair: boolean, attempt: number): CountsCheck => ({
  ...{ fingerprint, repair, attempt },
  place: { phase: PHASES[0] },
  counted: { users: 0, groups: 0, activeLicenses: 0, pendingLicenses: 0 },
});

/**
 * Counts the next page of users, groups, or licenses. Returns the check with the page, and the items of the
 * page.
 */
export async function countPage(
  table: Table,
  domainId: string,
  check: CountsCheck,
  limit: number,
): Promise<{ check: CountsCheck; items: number }> {
  const { place, counted } = check;
  if (!place) return { check, items: 0 };
  const { phase, after } = place;
  const pk = phase === 'LICENSE' ? licensePartition(domainId) : resourcePartition(domainId, phase);
  const { items, next } = await table.query({
    pk,
    limit,
    attributes: ['sk', 'status'],
    ...(after !== undefined && { after: { pk, sk: after } }),
  });
  const following = PHASES[PHASES.indexOf(phase) + 1];
  const nextPlace = next ? { phase, after: next.sk } : following && { phase: following };
  return {
    check: { ...check, counted: add(counted, phase, items), place: nextPlace },
    items: items.length,
  };
}

function add(counted: Counts, phase: Phase, items: readonly Item[]): Counts {
  const { users, groups, activeLicenses, pendingLicenses } = counted;
  if (phase === 'USER') return { ...counted, users: users + items.length };
  if (phase === 'GROUP') return { ...counted, groups: groups + items.length };
  const having = (status: string) => items.filter((item) => item.status === status).length;
  return {
    ...counted,
    activeLicenses: activeLicenses + having('active'),
    pendingLicenses: pendingLicenses + having('pending'),
  };
}

/** Stores a check, so that no client can change what it has counted. */
export async function storeCheck(
  table: Table,
  domainId: string,
  checkId: string,
  { fingerprint, place, counted, repair, attempt }: CountsCheck,
  now: Date,
): Promise<void> {
  const ttl = Math.floor(now.getTime() / 1_000) + TTL_SECONDS;
  const check = { fingerprint, repair, attempt, ...counted, ...place, ttl };
  await table.put({ ...countsCheckKey(domainId, checkId), ...check });
}

/** Reads a check; undefined if it does not exist, or has ended. */
export async function readCheck(
  table: Table,
  domainId: string,
  checkId: string,
  now: Date,
): Promise<CountsCheck | undefined> {
  const item = await table.get(countsCheckKey(domainId, checkId));
  // DynamoDB deletes an item some time after its end.
  if (!item || number(item, 'ttl') <= now.getTime() / 1_000) return undefined;
  const after = optionalText(item, 'after');
  return {
    fingerprint: text(item, 'fingerprint'),
    repair: item.repair === true,
    attempt: optionalNumber(item, 'attempt') ?? 1,
    place: { phase: oneOf(item, 'phase', PHASES), ...(after !== undefined && { after }) },
    counted: {
      users: number(item, 'users'),
      groups: number(item, 'groups'),
      activeLicenses: number(item, 'activeLicenses'),
      pendingLicenses: number(item, 'pendingLicenses'),
    },
  };
}

export async function deleteCheck(table: Table, domainId: string, checkId: string): Promise<void> {
  await table.delete(countsCheckKey(domainId, checkId));
}

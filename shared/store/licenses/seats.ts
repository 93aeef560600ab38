import type { CountsSnapshot } from '../domains/counts';
import { countsWrite, type CountsChange, type CountsWriteOptions } from '../domains/counts-write';
import { pendingKey } from '../table/keys';
import type { Write } from '../table/write';
import type { LicenseChange } from './license-write';

/**
 * The shards that a change of a license may write, chosen from the counts after any shard has refused it:
 *
 * - `take`: an activation takes a seat from one of these shards.
 * - `payDebt`: a license that ends pays off a part of the debt of one of these shards.
 * - `return`: a license that ends returns its seat to any shard, because the debt is paid off. `version` is
 *   that of the seats that the shards were read with.
 */
export type SeatChoice =
  | { readonly kind: 'take' | 'payDebt'; readonly shards: readonly number[] }
  | { readonly kind: 'return'; readonly version: number };

const NONE = { none: 0 };
const IS_FREE = { expression: 'attribute_not_exists(#limit) OR #free > :none', values: NONE };
const IS_TAKEN = { expression: 'attribute_exists(#limit) AND #free <= :none', values: NONE };
const HAS_DEBT = { expression: '#free < :none', values: NONE };
const NO_DEBT = { expression: 'attribute_not_exists(#debt)' };

/** Returns how an activation takes a free seat; undefined if no seat is free. */
export function chooseFreeSeat({ seats, shards }: CountsSnapshot): SeatChoice | undefined {
  const free = shards.filter((shard) => seats === undefined || shard.limit === undefined || shard.free > 0);
  return free.length === 0 ? undefined : { kind: 'take', shards: free.map(({ shard }) => shard) };
}

/**
 * Returns how a license that ends gives its seat back; undefined if the counts changed while they were read.
 */
export function chooseReturn({ shards }: CountsSnapshot): SeatChoice | undefined {
  const debtors = shards.filter(({ inDebt, free }) => inDebt && free < 0).map(({ shard }) => shard);
  if (debtors.length > 0) return { kind: 'payDebt', shards: debtors };
  const limits = new Set(shards.map(({ limit }) => limit));
  const [limit] = limits;
  if (limits.size > 1 || limit === undefined) return undefined;
  return { kind: 'return', version: limit };
}

/**
 * Returns the writes that update the counts and the queue for a change of a license. `users` is added to the
 * number of users. The writes fail with `CountsConflict` if the seats of the shard are not as the change
 * assumes.
 */
export function seatWrites(
  domainId: string,
  userId: string,
  license: LicenseChange | undefined,
  users = 0,
  choice?: SeatChoice,
): Write[] {
  const change: CountsChange = { users, ...(license && countsChange(license)) };
  const counted = Object.values(change).some((delta) => delta !== 0);
  return [
    ...(counted ? [countsWrite(domainId, change, license && optionsOf(license, choice))] : []),
    ...(license ? queueWrites(domainId, userId, license) : []),
  ];
}

const wasQueued = ({ queuedChangeId }: LicenseChange): boolean => queuedChangeId !== undefined;
const endsActive = (license: LicenseChange): boolean =>
  license.status === 'inactive' && license.changeId !== undefined && !wasQueued(license);

/** An active license and a free seat are exchanged for each other. */
function countsChange(license: LicenseChange): CountsChange {
  const pendingLicenses = license.status === 'pending' ? 1 : wasQueued(license) ? -1 : 0;
  const activeLicenses = license.status === 'active' ? 1 : endsActive(license) ? -1 : 0;
  return { pendingLicenses, activeLicenses, free: -activeLicenses };
}

function optionsOf(license: LicenseChange, choice: SeatChoice | undefined): CountsWriteOptions {
  if (license.status === 'pending') return { condition: IS_TAKEN };
  if (license.status === 'active')
    return { condition: IS_FREE, ...(choice?.kind === 'take' && { shards: choice.shards }) };
  if (!endsActive(license)) return {};
  switch (choice?.kind) {
    case 'payDebt':
      return { condition: HAS_DEBT, shards: choice.shards };
    case 'return':
      return {
        condition: { expression: '#limit = :version', values: { version: choice.version } },
        remove: ['debt'],
      };
    default:
      return { condition: NO_DEBT };
  }
}

function queueWrites(
  domainId: string,
  userId: string,
  { status, changeId, queuedChangeId }: LicenseChange,
): Write[] {
  if (status === 'pending') return [{ put: { ...pendingKey(domainId, changeId), userId } }];
  return queuedChangeId === undefined ? [] : [{ delete: pendingKey(domainId, queuedChangeId) }];
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { CapacityRecord } from '../local/services/dynamodb/meter/capacity';
import { isResourceFunction, type MeteredDomain, type OperationCost, resetCost } from './capacity';

const POLL_MS = 50;

/** The parts of a domain with a mapping of the group `nameOfMapped` to a user type. */
export interface MappedDomain extends MeteredDomain {
  /** Adds memberships to a group directly in the table. */
  readonly addMemberships: (groupId: string, size: number) => Promise<void>;
  /** Returns whether the function `mappings` knows the group. */
  readonly isMapped: (groupId: string) => Promise<boolean>;
  /** Returns whether the license of a user has the type of the mapping. */
  readonly isEvaluated: (userId: string) => Promise<boolean>;
}

/** Returns the name of the group of a size that a mapping must name. */
export const nameOfMapped = (size: number): string => `Mapped group of ${size}`;

/** Measures adding a member to a group that a mapping names: the request, and the evaluation that follows. */
export async function measureMappedMember(domain: MappedDomain, size: number): Promise<OperationCost[]> {
  const userName = `mapped-member-of-${size}@example.com`;
  // An inactive user has no emails, whose times would differ.
  const user = await domain.request('POST', '/Users', { userName, active: false });
  const group = await domain.request('POST', '/Groups', { displayName: nameOfMapped(size) });
  const [userId, groupId] = [(user.body as { id: string }).id, (group.body as { id: string }).id];
  await until(() => domain.isMapped(groupId));
  await domain.addMemberships(groupId, size);
  await untilQuiet(domain);
  const { status } = await domain.request('PATCH', `/Groups/${groupId}`, {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: [{ op: 'add', path: 'members', value: [{ value: userId }] }],
  });
  if (status >= 300) throw new Error(`PATCH /Groups returned ${status}.`);
  const records: CapacityRecord[] = [];
  const isDone = () => records.some((record) => isOfMappings(record) && record.write > 0);
  await until(async () => {
    // The write is recorded when its response arrives.
    records.push(...(await domain.takeCapacity()));
    return isDone() && domain.isEvaluated(userId);
  });
  return [
    costOf(`add a member to a mapped group of ${size}`, records.filter(isResourceFunction)),
    costOf(`evaluate the member of a mapped group of ${size}`, records.filter(isOfMappings)),
  ];
}

function costOf(operation: string, records: readonly CapacityRecord[]): OperationCost {
  const sum = (side: 'read' | 'write'): number => records.reduce((total, record) => total + record[side], 0);
  return { operation, read: sum('read'), write: sum('write'), canceled: { attempts: 0, write: 0 } };
}

const isOfMappings = ({ function: name }: CapacityRecord): boolean => name.includes('MappingsHandler');

/** Waits until the evaluations of earlier changes have ended. */
async function untilQuiet(domain: MeteredDomain): Promise<void> {
  await resetCost(domain);
  for (let quiet = 0; quiet < 5; quiet++) {
    await sleep(POLL_MS);
    if ((await domain.takeCapacity()).some(isOfMappings)) quiet = 0;
  }
}

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await sleep(POLL_MS);
}

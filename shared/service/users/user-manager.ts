import type { Actor } from '../../store/audit/audit';
import type { Manager, ResourceRecord } from '../../store/resources/resource-record';

/** The managers that a list can be limited to. */
export const MANAGERS = ['administrator', 'connection'] as const;

/** Returns who manages a user: administrators, manually, or the clients of connections. */
export const managerOf = ({ managedBy }: Pick<ResourceRecord, 'managedBy'>): Manager | 'connection' =>
  managedBy ?? 'connection';

/** Returns the stored manager of a user whom `actor` creates. */
export const managerOfNew = ({ kind }: Actor): Manager | undefined =>
  kind === 'admin' ? 'administrator' : undefined;

/**
 * Returns the stored manager of a user after a write by `actor`. The client of a connection takes the user
 * over.
 */
export const managerAfter = (
  { kind }: Actor,
  { managedBy }: Pick<ResourceRecord, 'managedBy'>,
): Manager | undefined => (kind === 'scimKey' ? undefined : managedBy);

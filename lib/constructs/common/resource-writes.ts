import { KEYS } from './key-patterns';

/**
 * The partitions that a function may write, by action. `TransactWriteItems` needs the permissions of its
 * parts.
 */
export interface Writes {
  readonly put: string[];
  readonly update: string[];
  readonly delete: string[];
  readonly check: string[];
}

export const USER_WRITES: Writes = {
  put: [
    ...[KEYS.users, KEYS.userNames, KEYS.addressIndex, KEYS.addresses],
    ...[KEYS.memberships, KEYS.groupHeads, KEYS.seatQueue, KEYS.notices],
  ],
  update: [KEYS.users, KEYS.groups, KEYS.groupHeads, KEYS.licenses],
  delete: [
    ...[KEYS.users, KEYS.userNames, KEYS.addressIndex, KEYS.addresses],
    ...[KEYS.memberships, KEYS.seatQueue, KEYS.managedUsers],
  ],
  check: [KEYS.userNames],
};

/**
 * Writes of administrators who manage users manually. They put no user into a group, and leave no
 * diagnostics.
 */
export const MANAGED_USER_WRITES: Writes = {
  put: [
    ...[KEYS.users, KEYS.userNames, KEYS.addressIndex, KEYS.addresses],
    ...[KEYS.groupHeads, KEYS.seatQueue, KEYS.managedUsers, KEYS.events],
  ],
  update: [...USER_WRITES.update, KEYS.mailBudgets, KEYS.rates],
  delete: USER_WRITES.delete,
  check: USER_WRITES.check,
};

export const GROUP_WRITES: Writes = {
  put: [KEYS.groups, KEYS.groupHeads, KEYS.groupNames, KEYS.memberships],
  update: [KEYS.groups, KEYS.groupHeads, KEYS.users],
  delete: [KEYS.groups, KEYS.groupHeads, KEYS.groupNames, KEYS.memberships],
  check: [KEYS.groupNames, KEYS.groupHeads],
};

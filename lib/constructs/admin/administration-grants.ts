import { BY_EXTERNAL_ID, BY_NAME } from '../../../shared/store/table/keys';
import { KEYS, NOTIFY_ATTRIBUTES } from '../common/key-patterns';
import type { ScimFunction } from '../common/scim-function';
import type { ScimTable } from '../common/scim-table';

/** Allows the function to read everything, and to write what administrators change. */
export function grantAdministration(table: ScimTable, fn: ScimFunction): void {
  table.grant(fn, ['dynamodb:GetItem', 'dynamodb:BatchGetItem']);
  table.grant(fn, ['dynamodb:Query'], [], { indexes: [BY_NAME, BY_EXTERNAL_ID] });
  const { addressIndex, counts, domain, domainList, groupNames, groups, licenses, mails } = KEYS;
  const { mailBudgets, notices, userNames, users } = KEYS;
  table.grant(
    fn,
    ['dynamodb:PutItem'],
    [
      ...[domain, domainList, KEYS.deletedDomains, KEYS.events, KEYS.deploymentEvents],
      ...[mails, KEYS.outbox, KEYS.outboxMinutes],
      ...[addressIndex, userNames, groupNames, counts, KEYS.seatQueue],
    ],
  );
  table.grant(
    fn,
    ['dynamodb:UpdateItem'],
    [counts, domain, users, groups, licenses, mails, mailBudgets, notices, KEYS.setupAttempts],
  );
  table.grant(
    fn,
    ['dynamodb:DeleteItem'],
    [
      ...[domain, domainList, KEYS.seatQueue, KEYS.suppressedAddresses, mailBudgets],
      ...[addressIndex, KEYS.addresses, userNames, groupNames, notices],
    ],
  );
  table.grant(fn, ['dynamodb:ConditionCheckItem'], [counts, domain, licenses, users, KEYS.groupHeads]);
  const writes = ['Put', 'Update', 'Delete', 'ConditionCheck'].map((kind) => `dynamodb:${kind}Item`);
  table.grant(fn, writes, [KEYS.usageKeyChanges]);
}

/** Allows the function to verify all items, and to repair them. It may already read everything by key. */
export function grantVerification(table: ScimTable, fn: ScimFunction): void {
  const { addresses, groupHeads, groups, managedUsers, memberships, outbox, users } = KEYS;
  const { mappedAdministrators, parkedWebhooks, subscriptions } = KEYS;
  table.grant(fn, ['dynamodb:Scan']);
  table.grant(fn, ['dynamodb:PutItem'], [addresses, groupHeads, managedUsers, memberships]);
  table.grant(fn, ['dynamodb:UpdateItem'], [KEYS.deletedDomains, outbox]);
  table.grant(fn, ['dynamodb:DeleteItem'], [groupHeads, managedUsers, memberships, outbox, parkedWebhooks]);
  table.grant(
    fn,
    ['dynamodb:ConditionCheckItem'],
    [
      ...[
        groups,
        users,
        memberships,
        mappedAdministrators,
        KEYS.mails,
        KEYS.mappings,
        KEYS.operators,
        outbox,
      ],
      ...[subscriptions, KEYS.deploymentSubscriptions],
    ],
  );
}

/**
 * Allows the function to read the roles of portal users, to store those of a claim or an invitation, and to
 * enter an owner as the address that a domain notifies.
 */
export function grantCallerRoles(table: ScimTable, fn: ScimFunction): void {
  const { accountChecks, administrators, domain, invited, mappedAdministrators, operators, roles } = KEYS;
  table.grant(fn, ['dynamodb:Query'], [roles, invited]);
  table.grant(fn, ['dynamodb:GetItem'], [accountChecks, administrators, operators, mappedAdministrators]);
  table.grant(fn, ['dynamodb:BatchGetItem'], [administrators, operators]);
  table.grant(
    fn,
    ['dynamodb:PutItem'],
    [administrators, KEYS.deploymentEvents, KEYS.events, operators, roles],
  );
  table.grant(fn, ['dynamodb:UpdateItem'], [roles, mappedAdministrators]);
  // The role of a mapping moves to the portal user who has signed in last.
  table.grant(fn, ['dynamodb:DeleteItem'], [accountChecks, administrators, invited, operators, roles]);
  // An invitation is accepted only if its sender still has the right, and a role of a mapping if it is still
  // confirmed.
  table.grant(fn, ['dynamodb:ConditionCheckItem'], [domain, roles]);
  table.grant(fn, ['dynamodb:UpdateItem'], [domain], { attributes: NOTIFY_ATTRIBUTES });
}

/** Allows the function to write administrators and invitations. It may already read everything. */
export function grantAdministrators(table: ScimTable, fn: ScimFunction): void {
  const { accountChecks, administrators, administratorTasks, invited, operators, roles } = KEYS;
  const { mappedAdministrators } = KEYS;
  table.grant(
    fn,
    ['dynamodb:PutItem'],
    [accountChecks, administrators, administratorTasks, invited, operators],
  );
  table.grant(
    fn,
    ['dynamodb:UpdateItem'],
    [administrators, administratorTasks, invited, mappedAdministrators, roles],
  );
  table.grant(
    fn,
    ['dynamodb:DeleteItem'],
    [accountChecks, administrators, administratorTasks, invited, mappedAdministrators, operators, roles],
  );
  table.grant(fn, ['dynamodb:ConditionCheckItem'], [administrators]);
}

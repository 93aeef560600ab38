import { EXPIRY_ATTRIBUTES, KEYS } from '../common/key-patterns';
import type { ScimFunction } from '../common/scim-function';
import type { ScimTable } from '../common/scim-table';

/**
 * Allows the function to read licenses and domains, and to write license histories, the outbox, license
 * keys and notices.
 */
export function grantMailDelivery(table: ScimTable, fn: ScimFunction): void {
  table.grant(fn, ['dynamodb:GetItem'], [KEYS.licenses, KEYS.mails, KEYS.domain]);
  const { licenseKeys, mails, notices, outbox, outboxMinutes } = KEYS;
  table.grant(fn, ['dynamodb:PutItem'], [mails, outbox, outboxMinutes, licenseKeys, notices]);
  table.grant(fn, ['dynamodb:UpdateItem'], [mails]);
  table.grant(fn, ['dynamodb:DeleteItem'], [outbox]);
}

/** Allows the function to use up the limits on the emails of a domain. */
export function grantMailBudget(table: ScimTable, fn: ScimFunction): void {
  table.grant(fn, ['dynamodb:GetItem', 'dynamodb:UpdateItem'], [KEYS.mailBudgets]);
}

/**
 * Allows the function to find due emails in the outbox, and later emails of a license, and to keep other runs
 * out.
 */
export function grantOutbox(table: ScimTable, fn: ScimFunction): void {
  table.grant(fn, ['dynamodb:Query'], [KEYS.outbox, KEYS.sharedOutbox, KEYS.outboxMinutes, KEYS.mails]);
  table.grant(fn, ['dynamodb:DeleteItem'], [KEYS.sharedOutbox, KEYS.outboxMinutes]);
  table.grant(fn, ['dynamodb:BatchWriteItem'], [KEYS.outboxMinutes]);
  table.grant(fn, ['dynamodb:UpdateItem'], [KEYS.outboxRun]);
}

/** Allows the function to find the earlier emails of a license. */
export function grantHistories(table: ScimTable, fn: ScimFunction): void {
  table.grant(fn, ['dynamodb:Query'], [KEYS.mails]);
}

/** Allows the function to read and write suppressed addresses, and to update their licenses. */
export function grantSuppressedAddresses(table: ScimTable, fn: ScimFunction): void {
  table.grant(fn, ['dynamodb:GetItem', 'dynamodb:UpdateItem'], [KEYS.suppressedAddresses]);
  table.grant(fn, ['dynamodb:UpdateItem'], [KEYS.licenses]);
}

/**
 * Allows the function to record delivery events on an email, its address and its license, if the domain
 * exists.
 */
export function grantMailEvents(table: ScimTable, fn: ScimFunction): void {
  table.grant(fn, ['dynamodb:GetItem', 'dynamodb:UpdateItem'], [KEYS.mails]);
  table.grant(fn, ['dynamodb:UpdateItem'], [KEYS.suppressedAddresses, KEYS.licenses]);
  table.grant(fn, ['dynamodb:ConditionCheckItem'], [KEYS.domain]);
}

/**
 * Allows the function to read all domains with their SCIM keys, to keep the state of reminders, and to record
 * the counts of each day.
 */
export function grantKeyReminders(table: ScimTable, fn: ScimFunction): void {
  const { counts, domain, domainList, keyCheck, mailBudgets, mails, suppressedAddresses } = KEYS;
  table.grant(fn, ['dynamodb:Query'], [counts, domainList, domain, mails]);
  table.grant(fn, ['dynamodb:UpdateItem'], [mails, mailBudgets]);
  table.grant(fn, ['dynamodb:GetItem'], [suppressedAddresses, keyCheck, domain]);
  table.grant(fn, ['dynamodb:PutItem', 'dynamodb:DeleteItem'], [keyCheck]);
  table.grant(fn, ['dynamodb:PutItem'], [KEYS.usage]);
  table.grant(fn, ['dynamodb:UpdateItem'], [domain], { attributes: EXPIRY_ATTRIBUTES });
}

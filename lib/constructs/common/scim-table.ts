import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { ENV } from '../../../shared/env';
import { BY_EXTERNAL_ID, BY_NAME } from '../../../shared/store/table/keys';
import { allowKeyUse } from '../encryption/key-grants';
import type { DataPolicy } from '../stage/data-policy';
import { attachRestoredTable, createTable, type RestoredTable } from './create-table';
import { FORMER_COUNTS_ATTRIBUTES, HASH_ATTRIBUTES, KEYS } from './key-patterns';
import { GROUP_WRITES, MANAGED_USER_WRITES, USER_WRITES, type Writes } from './resource-writes';
import type { ScimFunction } from './scim-function';

export interface ScimTableProps extends DataPolicy {
  /** The restored table that takes the place of the stage's own. @default - none */
  readonly restored?: RestoredTable;
}

/** The table of the service. Each grant is limited to the keys that the function needs. */
export class ScimTable extends Construct {
  public readonly table: Table;

  public constructor(scope: Construct, id: string, { restored, ...policy }: ScimTableProps) {
    super(scope, id);
    this.table = restored ? attachRestoredTable(this, policy, restored) : createTable(this, 'Table', policy);
  }

  /** Allows the function to read its domain, and to write users and what changes with them. */
  public grantUsers(fn: ScimFunction): void {
    this.grantListing(fn);
    this.grantWrites(fn, USER_WRITES);
  }

  /**
   * Allows the function to read a domain, to write its users for administrators, to request their emails
   * again, and to count the rows of imports.
   */
  public grantManagedUsers(fn: ScimFunction): void {
    this.grantDomainReads(fn, [BY_NAME]);
    this.grantWrites(fn, MANAGED_USER_WRITES);
  }

  /** Allows the function to read its domain, and to write groups and what changes with them. */
  public grantGroups(fn: ScimFunction): void {
    this.grantListing(fn);
    this.grantWrites(fn, GROUP_WRITES);
  }

  /** Allows the function to write both users and groups. */
  public grantUsersAndGroups(fn: ScimFunction): void {
    const both = (kind: keyof Writes) => [...new Set([...USER_WRITES[kind], ...GROUP_WRITES[kind]])];
    this.grantDomainReads(fn);
    this.grantWrites(fn, {
      put: both('put'),
      update: both('update'),
      delete: both('delete'),
      check: both('check'),
    });
  }

  /**
   * Allows the function to read users and groups, to write page marks, and to request the indexing of
   * addresses.
   */
  public grantSearch(fn: ScimFunction): void {
    this.grantListing(fn);
    this.grant(fn, ['dynamodb:PutItem'], [KEYS.addressIndex]);
  }

  /** Allows the function to read its domain, also through the indexes, and to write page marks. */
  private grantListing(fn: ScimFunction): void {
    this.grantDomainReads(fn, [BY_NAME, BY_EXTERNAL_ID]);
    this.grant(fn, ['dynamodb:PutItem'], [KEYS.pageMarks]);
  }

  /** Allows the function to read domains and their SCIM keys, and to record when a key was last used. */
  public grantScimKeyLookup(fn: ScimFunction): void {
    this.grant(fn, ['dynamodb:GetItem', 'dynamodb:UpdateItem'], [KEYS.domain]);
  }

  /** Allows the function to read the setup links of domains. */
  public grantSetupLinkLookup(fn: ScimFunction): void {
    this.grant(fn, ['dynamodb:GetItem'], [KEYS.domain]);
  }

  /**
   * Allows the function to read connections and credentials, to replace the hash of a credential, and to
   * record tokens, used assertions, and refusals.
   */
  public grantTokens(fn: ScimFunction): void {
    this.grant(fn, ['dynamodb:GetItem', 'dynamodb:BatchGetItem'], [KEYS.domain]);
    this.grant(fn, ['dynamodb:UpdateItem'], [KEYS.domain], { attributes: HASH_ATTRIBUTES });
    this.grant(fn, ['dynamodb:UpdateItem'], [KEYS.rates, KEYS.notices]);
    this.grant(fn, ['dynamodb:PutItem'], [KEYS.assertions, KEYS.events]);
  }

  /** Allows the function to read the owner of a license key, the license and its domain. */
  public grantLicenseCheck(fn: ScimFunction): void {
    this.grant(fn, ['dynamodb:GetItem'], [KEYS.licenseKeys]);
    this.grant(fn, ['dynamodb:BatchGetItem'], [KEYS.licenses, KEYS.domain]);
  }

  /**
   * Allows what every request writes: the rate counter, notices, its record, and audit events of refusals.
   */
  public grantRequestRecords(fn: ScimFunction): void {
    this.grant(fn, ['dynamodb:UpdateItem'], [KEYS.rates, KEYS.notices]);
    this.grant(fn, ['dynamodb:PutItem'], [KEYS.events, KEYS.requests]);
  }

  /** Allows the function to record the requests that it refuses. */
  public grantRefusedRequests(fn: ScimFunction): void {
    this.grant(fn, ['dynamodb:PutItem'], [KEYS.requests]);
  }

  /** Allows the function to read what readiness needs of a domain, without its users and groups. */
  public grantReadiness(fn: ScimFunction): void {
    const { counts, domain, mailBudgets, notices, rates, seatQueue, suppressedAddresses } = KEYS;
    const { managedUsers, mappedAdministrators, subscriptions, webhooks } = KEYS;
    this.grant(
      fn,
      ['dynamodb:Query'],
      [
        ...[counts, domain, mailBudgets, notices, rates, seatQueue, suppressedAddresses],
        ...[mappedAdministrators, managedUsers, subscriptions, webhooks],
      ],
    );
    this.grant(fn, ['dynamodb:GetItem'], [domain]);
    this.grant(fn, ['dynamodb:BatchGetItem'], [KEYS.licenses, KEYS.users]);
  }

  /**
   * Allows the function to promote pending licenses: the queue, the licenses, the counts, and audit events.
   */
  public grantPromotion(fn: ScimFunction): void {
    this.grant(fn, ['dynamodb:GetItem'], [KEYS.domain]);
    this.grantCounts(fn);
    this.grant(fn, ['dynamodb:Query'], [KEYS.counts]);
    this.grant(fn, ['dynamodb:Query', 'dynamodb:DeleteItem'], [KEYS.seatQueue]);
    this.grant(fn, ['dynamodb:UpdateItem'], [KEYS.licenses]);
    this.grant(fn, ['dynamodb:PutItem'], [KEYS.events]);
  }

  /**
   * Allows the function to delete what deleted domains and groups leave behind, and to remove group IDs from
   * users. Groups and domains can be read, to verify that they were deleted. Also allows it to index the
   * addresses of users.
   */
  public grantSweep(fn: ScimFunction): void {
    const { addressIndex, addresses, deletedDomains, domain, groups, ofDomain, users } = KEYS;
    this.grant(fn, ['dynamodb:GetItem'], [groups, addressIndex, domain]);
    this.grant(fn, ['dynamodb:BatchGetItem'], [users, addressIndex, addresses, KEYS.roles]);
    this.grant(fn, ['dynamodb:PutItem'], [addressIndex, addresses, KEYS.accountChecks]);
    this.grant(fn, ['dynamodb:ConditionCheckItem'], [users, domain]);
    this.grant(fn, ['dynamodb:Query'], [ofDomain, domain, deletedDomains]);
    this.grant(fn, ['dynamodb:DeleteItem'], [ofDomain]);
    this.grant(fn, ['dynamodb:BatchWriteItem'], [ofDomain, domain, KEYS.roles, KEYS.invited]);
    this.grant(fn, ['dynamodb:UpdateItem'], [users, deletedDomains]);
  }

  /** Allows reads of everything that belongs to a domain. */
  private grantDomainReads(fn: ScimFunction, indexes: readonly string[] = []): void {
    this.grant(fn, ['dynamodb:Query'], [KEYS.ofDomain], { indexes });
    this.grant(fn, ['dynamodb:GetItem'], [KEYS.ofDomain, KEYS.domain]);
    this.grant(fn, ['dynamodb:BatchGetItem'], [KEYS.ofDomain]);
  }

  private grantWrites(fn: ScimFunction, writes: Writes): void {
    this.grant(fn, ['dynamodb:PutItem'], writes.put);
    this.grant(fn, ['dynamodb:UpdateItem'], writes.update);
    this.grant(fn, ['dynamodb:DeleteItem'], writes.delete);
    this.grant(fn, ['dynamodb:ConditionCheckItem'], writes.check);
    this.grantCounts(fn);
  }

  /**
   * Allows changes of counts, also of those of a previous version, but not of the domain or of its SCIM keys.
   */
  public grantCounts(fn: ScimFunction): void {
    const actions = ['Update', 'Put', 'ConditionCheck'].map((kind) => `dynamodb:${kind}Item`);
    this.grant(fn, actions, [KEYS.counts]);
    this.grant(fn, ['dynamodb:UpdateItem'], [KEYS.domain], { attributes: FORMER_COUNTS_ATTRIBUTES });
  }

  /**
   * Allows `actions` on items whose `pk` matches one of `partitions`; without `partitions`, on all items.
   * With `attributes`, a request may mention no other attributes.
   */
  public grant(
    fn: ScimFunction,
    actions: string[],
    partitions: readonly string[] = [],
    { indexes = [], attributes = [] }: { indexes?: readonly string[]; attributes?: readonly string[] } = {},
  ): void {
    const statement = new PolicyStatement({
      actions,
      resources: [this.table.tableArn, ...indexes.map((index) => `${this.table.tableArn}/index/${index}`)],
    });
    if (partitions.length > 0) {
      statement.addCondition('ForAllValues:StringLike', { 'dynamodb:LeadingKeys': partitions });
    }
    if (attributes.length > 0) {
      statement.addCondition('ForAllValues:StringEquals', { 'dynamodb:Attributes': attributes });
    }
    fn.grant(statement, { [ENV.tableName]: this.table.tableName });
    allowKeyUse(fn, 'table');
  }
}

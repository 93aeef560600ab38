import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { ENV } from '../../../shared/env';
import {
  BY_EXTERNAL_ID,
  BY_NAME,
  DELETED_DOMAINS_PARTITION,
  DOMAIN_LIST_PARTITION,
  KEY_CHECK_PARTITION,
  OUTBOX_PARTITION,
} from '../../../shared/store/table/keys';
import type { ScimFunction } from './scim-function';

const READ_ACTIONS = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'];
/** `TransactWriteItems` has no permission of its own. It needs the permissions of its actions. */
const WRITE_ACTIONS = [
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
  'dynamodb:DeleteItem',
  'dynamodb:ConditionCheckItem',
];

/** Matches the ID of a domain. `*` would also match `<id>#NAME` and `<id>#PAGE`. */
const DOMAIN_ID_PATTERN = '????????-????-????-????-????????????';

export interface ScimTableProps {
  /** The removal policy of the table. Deletion protection is off only with `DESTROY`. */
  readonly removalPolicy: RemovalPolicy;
}

/** The table of the service. Each grant is limited to the keys that the function needs. */
export class ScimTable extends Construct {
  public readonly table: Table;

  public constructor(scope: Construct, id: string, props: ScimTableProps) {
    super(scope, id);
    const partitionKey = { name: 'pk', type: AttributeType.STRING };
    this.table = new Table(this, 'Table', {
      partitionKey,
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      stream: StreamViewType.NEW_AND_OLD_IMAGES,
      timeToLiveAttribute: 'ttl',
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: props.removalPolicy !== RemovalPolicy.DESTROY,
      removalPolicy: props.removalPolicy,
    });
    for (const [indexName, attribute] of [
      [BY_NAME, 'nameKey'],
      [BY_EXTERNAL_ID, 'externalId'],
    ] as const) {
      this.table.addGlobalSecondaryIndex({
        indexName,
        partitionKey,
        sortKey: { name: attribute, type: AttributeType.STRING },
        projectionType: ProjectionType.KEYS_ONLY,
      });
    }
  }

  /**
   * Allows the function to read and write all items: users, groups, what changes with them, and the rate
   * counter.
   */
  public grantResources(fn: ScimFunction): void {
    this.grant(fn, READ_ACTIONS, [], [BY_NAME, BY_EXTERNAL_ID]);
    this.grant(fn, WRITE_ACTIONS);
  }

  /** Allows the function to read users and groups, to write page marks, and to request the indexing of addresses. */
  public grantListing(fn: ScimFunction): void {
    this.grant(fn, READ_ACTIONS, [], [BY_NAME, BY_EXTERNAL_ID]);
    this.grant(fn, ['dynamodb:PutItem'], ['*#PAGE#*', `${DOMAIN_ID_PATTERN}#EMAIL`]);
  }

  /** Allows the function to read domains and their SCIM keys, and to record when a key was last used. */
  public grantScimKeyLookup(fn: ScimFunction): void {
    this.grant(fn, ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:UpdateItem'], ['DOMAIN#*']);
  }

  /** Allows the function to read the owner of a license key, the license and its domain. */
  public grantLicenseCheck(fn: ScimFunction): void {
    this.grant(
      fn,
      ['dynamodb:GetItem', 'dynamodb:BatchGetItem'],
      ['LICENSEKEY#*', `${DOMAIN_ID_PATTERN}#LICENSE`, `DOMAIN#${DOMAIN_ID_PATTERN}`],
    );
  }

  /** Allows what every request writes: the rate counter, notices, and audit events of refusals. */
  public grantRequestRecords(fn: ScimFunction): void {
    this.grant(fn, ['dynamodb:UpdateItem'], ['*#RATE', '*#NOTICE']);
    this.grant(fn, ['dynamodb:PutItem'], ['*#AUDIT']);
  }

  /**
   * Allows the function to read licenses and domains, and to write license histories, the outbox, license
   * keys and notices.
   */
  public grantMailDelivery(fn: ScimFunction): void {
    this.grant(fn, ['dynamodb:GetItem'], ['*#LICENSE', '*#MAIL', 'DOMAIN#*']);
    this.grant(fn, ['dynamodb:Query', 'dynamodb:PutItem'], ['*#MAIL', OUTBOX_PARTITION]);
    this.grant(fn, ['dynamodb:UpdateItem'], ['*#MAIL']);
    this.grant(fn, ['dynamodb:DeleteItem'], [OUTBOX_PARTITION]);
    this.grant(fn, ['dynamodb:PutItem'], ['LICENSEKEY#*', '*#NOTICE']);
  }

  /** Allows the function to read and write suppressed addresses, and to update their licenses. */
  public grantSuppressedAddresses(fn: ScimFunction): void {
    this.grant(fn, ['dynamodb:GetItem', 'dynamodb:UpdateItem'], ['*#SUPPRESSED']);
    this.grant(fn, ['dynamodb:UpdateItem'], ['*#LICENSE']);
  }

  /**
   * Allows the function to record delivery events on an email, its address and its license, if the domain
   * exists.
   */
  public grantMailEvents(fn: ScimFunction): void {
    this.grant(fn, ['dynamodb:GetItem', 'dynamodb:UpdateItem'], ['*#MAIL']);
    this.grant(fn, ['dynamodb:UpdateItem'], ['*#SUPPRESSED', '*#LICENSE']);
    this.grant(fn, ['dynamodb:ConditionCheckItem'], ['DOMAIN#*']);
  }

  /** Allows the function to read all domains with their SCIM keys, and to keep the state of reminders. */
  public grantKeyReminders(fn: ScimFunction): void {
    const mails = `${DOMAIN_ID_PATTERN}#MAIL`;
    this.grant(fn, ['dynamodb:Query'], [DOMAIN_LIST_PARTITION, `DOMAIN#${DOMAIN_ID_PATTERN}`, mails]);
    this.grant(fn, ['dynamodb:UpdateItem'], [mails]);
    this.grant(fn, ['dynamodb:GetItem'], [`${DOMAIN_ID_PATTERN}#SUPPRESSED`, KEY_CHECK_PARTITION]);
    this.grant(fn, ['dynamodb:PutItem', 'dynamodb:DeleteItem'], [KEY_CHECK_PARTITION]);
  }

  /** Allows the function to read what readiness needs of a domain, without its users and groups. */
  public grantReadiness(fn: ScimFunction): void {
    const partitions = ['NOTICE', 'RATE', 'PENDING', 'SUPPRESSED'].map(
      (kind) => `${DOMAIN_ID_PATTERN}#${kind}`,
    );
    this.grant(fn, ['dynamodb:Query'], ['DOMAIN#*', ...partitions]);
    this.grant(fn, ['dynamodb:GetItem'], ['DOMAIN#*']);
    this.grant(fn, ['dynamodb:BatchGetItem'], [`${DOMAIN_ID_PATTERN}#LICENSE`]);
  }

  /**
   * Allows the function to promote pending licenses: the queue, the licenses, the domain's counts, and audit
   * events.
   */
  public grantPromotion(fn: ScimFunction): void {
    this.grant(fn, ['dynamodb:GetItem', 'dynamodb:UpdateItem'], ['DOMAIN#*']);
    this.grant(fn, ['dynamodb:Query', 'dynamodb:DeleteItem'], ['*#PENDING']);
    this.grant(fn, ['dynamodb:UpdateItem'], ['*#LICENSE']);
    this.grant(fn, ['dynamodb:PutItem'], ['*#AUDIT']);
  }

  /**
   * Allows the function to delete what deleted domains and groups leave behind, and to remove group IDs from
   * users. Groups and domains can be read, to verify that they were deleted. Also allows it to index the addresses
   * of users.
   */
  public grantSweep(fn: ScimFunction): void {
    const [users, groups, addressIndex, addresses] = ['USER', 'GROUP', 'EMAIL', 'EMAIL#*'].map(
      (kind) => `${DOMAIN_ID_PATTERN}#${kind}`,
    ) as [string, string, string, string];
    this.grant(fn, ['dynamodb:GetItem'], [groups, addressIndex, 'DOMAIN#*']);
    this.grant(fn, ['dynamodb:BatchGetItem'], [users, addressIndex, addresses]);
    this.grant(fn, ['dynamodb:PutItem'], [addressIndex, addresses]);
    this.grant(fn, ['dynamodb:ConditionCheckItem'], [users, 'DOMAIN#*']);
    this.grant(fn, ['dynamodb:DeleteItem'], [`${DOMAIN_ID_PATTERN}#*`, 'DOMAIN#*']);
    this.grant(fn, ['dynamodb:Query'], [`${DOMAIN_ID_PATTERN}#*`, 'DOMAIN#*', DELETED_DOMAINS_PARTITION]);
    this.grant(fn, ['dynamodb:BatchWriteItem'], [`${DOMAIN_ID_PATTERN}#*`, 'DOMAIN#*', OUTBOX_PARTITION]);
    this.grant(fn, ['dynamodb:UpdateItem'], [users, DELETED_DOMAINS_PARTITION]);
  }

  /** Allows `actions` on items whose `pk` matches one of `partitions`; without `partitions`, on all items. */
  private grant(
    fn: ScimFunction,
    actions: string[],
    partitions: string[] = [],
    indexes: string[] = [],
  ): void {
    const statement = new PolicyStatement({
      actions,
      resources: [this.table.tableArn, ...indexes.map((index) => `${this.table.tableArn}/index/${index}`)],
    });
    if (partitions.length > 0) {
      statement.addCondition('ForAllValues:StringLike', { 'dynamodb:LeadingKeys': partitions });
    }
    fn.grant(statement, { [ENV.tableName]: this.table.tableName });
  }
}

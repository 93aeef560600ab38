import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { ENV } from '../../../shared/env';
import {
  BY_EXTERNAL_ID,
  BY_NAME,
  DELETED_DOMAINS_PARTITION,
  OUTBOX_PARTITION,
} from '../../../shared/store/table/keys';
import type { ScimFunction } from './scim-function';

const READ_ACTIONS = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'];
/** `TransactWriteItems` has no permission of its own: it needs those of its actions. */
const WRITE_ACTIONS = [
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
  'dynamodb:DeleteItem',
  'dynamodb:ConditionCheckItem',
];

/** Matches the id of a domain, and not `<id>#NAME` or `<id>#PAGE`, as `*` would. */
const DOMAIN_ID_PATTERN = '????????-????-????-????-????????????';

export interface ScimTableProps {
  /** What happens to the table with its stack. Deletion protection is off only where it is destroyed. */
  readonly removalPolicy: RemovalPolicy;
}

/** The one table of the service; each grant names the keys that its kind of function touches. */
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

  /** Users, groups and all that changes with them, and the rate counter. */
  public grantResources(fn: ScimFunction): void {
    this.grant(fn, READ_ACTIONS, [], [BY_NAME, BY_EXTERNAL_ID]);
    this.grant(fn, WRITE_ACTIONS);
  }

  /** Users and groups, to read alone; page marks are noted meanwhile. */
  public grantListing(fn: ScimFunction): void {
    this.grant(fn, READ_ACTIONS, [], [BY_NAME, BY_EXTERNAL_ID]);
    this.grant(fn, ['dynamodb:PutItem'], ['*#PAGE#*']);
  }

  /** Domains and their SCIM keys: reads them, and notes when a key was last used. */
  public grantScimKeyLookup(fn: ScimFunction): void {
    this.grant(fn, ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:UpdateItem'], ['DOMAIN#*']);
  }

  /** Whose a license key is, that license and its domain: to read alone. */
  public grantLicenseCheck(fn: ScimFunction): void {
    this.grant(
      fn,
      ['dynamodb:GetItem', 'dynamodb:BatchGetItem'],
      ['LICENSEKEY#*', `${DOMAIN_ID_PATTERN}#LICENSE`, `DOMAIN#${DOMAIN_ID_PATTERN}`],
    );
  }

  /** What every request writes, whatever it asks for: the rate counter, and notices and events of what was refused. */
  public grantRequestRecords(fn: ScimFunction): void {
    this.grant(fn, ['dynamodb:UpdateItem'], ['*#RATE', '*#NOTICE']);
    this.grant(fn, ['dynamodb:PutItem'], ['*#AUDIT']);
  }

  /** Licenses and domains, to read; the histories of licenses with their mails; the outbox; keys that become known; notices. */
  public grantMailDelivery(fn: ScimFunction): void {
    this.grant(fn, ['dynamodb:GetItem'], ['*#LICENSE', '*#MAIL', 'DOMAIN#*']);
    this.grant(fn, ['dynamodb:Query', 'dynamodb:PutItem'], ['*#MAIL', OUTBOX_PARTITION]);
    this.grant(fn, ['dynamodb:UpdateItem'], ['*#MAIL']);
    this.grant(fn, ['dynamodb:DeleteItem'], [OUTBOX_PARTITION]);
    this.grant(fn, ['dynamodb:PutItem'], ['LICENSEKEY#*', '*#NOTICE']);
  }

  /** Addresses to which no mail goes, and the licenses that say so. */
  public grantSuppressedAddresses(fn: ScimFunction): void {
    this.grant(fn, ['dynamodb:GetItem', 'dynamodb:UpdateItem'], ['*#SUPPRESSED']);
    this.grant(fn, ['dynamodb:UpdateItem'], ['*#LICENSE']);
  }

  /** What became of mails: notes it at the mail, its address and its license, while the domain exists. */
  public grantMailEvents(fn: ScimFunction): void {
    this.grant(fn, ['dynamodb:GetItem', 'dynamodb:UpdateItem'], ['*#MAIL']);
    this.grant(fn, ['dynamodb:UpdateItem'], ['*#SUPPRESSED', '*#LICENSE']);
    this.grant(fn, ['dynamodb:ConditionCheckItem'], ['DOMAIN#*']);
  }

  /** What readiness tells of a domain: to read alone, and no users or groups. */
  public grantReadiness(fn: ScimFunction): void {
    const partitions = ['NOTICE', 'RATE', 'PENDING', 'SUPPRESSED'].map(
      (kind) => `${DOMAIN_ID_PATTERN}#${kind}`,
    );
    this.grant(fn, ['dynamodb:Query'], ['DOMAIN#*', ...partitions]);
    this.grant(fn, ['dynamodb:GetItem'], ['DOMAIN#*']);
    this.grant(fn, ['dynamodb:BatchGetItem'], [`${DOMAIN_ID_PATTERN}#LICENSE`]);
  }

  /** Gives seats to licenses that wait: the queue, the licenses, the counts of the domain, and an audit event. */
  public grantPromotion(fn: ScimFunction): void {
    this.grant(fn, ['dynamodb:GetItem', 'dynamodb:UpdateItem'], ['DOMAIN#*']);
    this.grant(fn, ['dynamodb:Query', 'dynamodb:DeleteItem'], ['*#PENDING']);
    this.grant(fn, ['dynamodb:UpdateItem'], ['*#LICENSE']);
    this.grant(fn, ['dynamodb:PutItem'], ['*#AUDIT']);
  }

  /**
   * All that deleted domains left behind, and of deleted groups also their ids on users. Groups and domains themselves only to see
   * that they are gone.
   */
  public grantSweep(fn: ScimFunction): void {
    this.grant(fn, ['dynamodb:GetItem'], [`${DOMAIN_ID_PATTERN}#GROUP`, 'DOMAIN#*']);
    this.grant(fn, ['dynamodb:Query', 'dynamodb:DeleteItem'], [`${DOMAIN_ID_PATTERN}#*`, 'DOMAIN#*']);
    this.grant(fn, ['dynamodb:BatchWriteItem'], [`${DOMAIN_ID_PATTERN}#*`, 'DOMAIN#*', OUTBOX_PARTITION]);
    this.grant(fn, ['dynamodb:UpdateItem'], [`${DOMAIN_ID_PATTERN}#USER`, DELETED_DOMAINS_PARTITION]);
  }

  /** Allows `actions` on items whose `pk` is like one of `partitions` (on all where there are none). */
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

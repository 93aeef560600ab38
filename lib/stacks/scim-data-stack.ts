import { CrossStackReferences, ReferenceStrength, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ENV } from '../../shared/env';
import type { Config } from '../config';
import { AlarmTopic } from '../constructs/common/alarm-topic';
import { TableBackup } from '../constructs/common/table-backup';
import { CustomerKey, setCustomerKey } from '../constructs/encryption/customer-key';
import { LeaseKeys } from '../constructs/license-lease/lease-keys';
import { dataPolicyOf } from '../constructs/stage/data-policy';
import { ScimSecret } from '../constructs/common/scim-secret';
import { ScimTable } from '../constructs/common/scim-table';
import { TableAlarms } from '../constructs/monitoring/table-alarms';
import { stageProps } from './stage-props';

/** The resources that outlive a deployment: the table, the secrets, and the confirmed alarm subscription. */
export class ScimDataStack extends Stack {
  public readonly table: ScimTable;
  public readonly keyPepper: ScimSecret;
  public readonly accessTokenSecret: ScimSecret;
  public readonly webhookSecret: ScimSecret;
  public readonly licenseSecret: ScimSecret;
  public readonly cursorSecret: ScimSecret;
  public readonly leaseKeys: LeaseKeys;
  public readonly alarmTopic: AlarmTopic;

  public constructor(scope: Construct, id: string, config: Config) {
    super(scope, id, {
      ...stageProps(id, config),
      description: 'SCIM provisioning: data and secrets',
      terminationProtection: config.protect,
    });
    const policy = dataPolicyOf(config);
    const { removalPolicy } = policy;
    const { customerKey: mode, portal, eventBus } = config;
    // All stacks encrypt their data with it.
    if (mode !== 'none')
      setCustomerKey(scope, new CustomerKey(this, 'CustomerKey', { mode, portal, eventBus, removalPolicy }));
    const { secretReplicaRegion: region, secretReplicaKeyArn: keyArn } = config;
    const replica = region === undefined ? undefined : { region, keyArn };
    const { restoredTable, formerTable } = config;
    this.table = new ScimTable(this, 'Table', {
      ...policy,
      restored:
        restoredTable === undefined
          ? undefined
          : { name: restoredTable, keepsFormer: formerTable === 'keep' },
    });
    this.keyPepper = new ScimSecret(this, 'KeyPepper', {
      description: 'Pepper for the hashes of SCIM keys',
      environmentVariable: ENV.keyPepperSecretArn,
      removalPolicy,
      replica,
    });
    this.accessTokenSecret = new ScimSecret(this, 'AccessTokenSecret', {
      description: 'Secret from which access tokens are derived',
      environmentVariable: ENV.accessTokenSecretArn,
      removalPolicy,
      replica,
    });
    // So that version 0.1.0, which does not have it, can be deployed again.
    CrossStackReferences.of(this.accessTokenSecret.secret).produce(ReferenceStrength.WEAK);
    this.webhookSecret = new ScimSecret(this, 'WebhookSecret', {
      description: 'Secret from which the signing secrets of webhooks are derived',
      environmentVariable: ENV.webhookSecretArn,
      removalPolicy,
      replica,
    });
    CrossStackReferences.of(this.webhookSecret.secret).produce(ReferenceStrength.WEAK);
    this.licenseSecret = new ScimSecret(this, 'LicenseSecret', {
      description: 'Secret from which license keys are derived',
      environmentVariable: ENV.licenseSecretArn,
      removalPolicy,
      replica,
    });
    this.cursorSecret = new ScimSecret(this, 'CursorSecret', {
      description: 'Secret that encrypts cursors of lists',
      environmentVariable: ENV.cursorSecretArn,
      removalPolicy,
      replica,
    });
    this.leaseKeys = new LeaseKeys(this, 'LeaseKeys', { names: config.licenseLease.keys, removalPolicy });
    if (config.backup) new TableBackup(this, 'Backup', { table: this.table, removalPolicy });
    new TableAlarms(this, 'TableAlarms', { table: this.table });
    this.alarmTopic = new AlarmTopic(this, 'Alarms', {
      topicArn: config.alarmTopicArn,
      email: config.alarmEmail,
    });
  }
}

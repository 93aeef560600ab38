import type { Iam, ServiceCaller } from '../../cloud/iam/iam';
import type { EncryptionKeys } from '../kms/encryption-keys';

/** SNS encrypts messages with the key of a topic, so a publisher needs permissions for the key too. */
const KEY_ACTIONS = ['kms:Decrypt', 'kms:GenerateDataKey'];

/** Decides which services may publish to the topics of the template. */
export class PublishPermissions {
  constructor(
    private readonly iam: Iam,
    private readonly keys: EncryptionKeys,
  ) {}

  allow(source: ServiceCaller, topicArn: string): boolean {
    return (
      this.iam.allowsService(source, { action: 'SNS:Publish', resource: topicArn }) &&
      this.keys.allowService(this.iam, source, { resource: topicArn, actions: KEY_ACTIONS, via: 'sns' })
    );
  }
}

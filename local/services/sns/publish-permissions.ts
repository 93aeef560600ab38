import * as z from 'zod';
import type { Iam, ServiceCaller } from '../../cloud/iam/iam';
import { readProperties } from '../../cloud/template/properties';
import type { Resource } from '../../cloud/template/resources';

const TopicProperties = z.object({ KmsMasterKeyId: z.string().optional() });

/** SNS encrypts messages with the key of a topic, so a publisher needs permissions for the key too. */
const KEY_ACTIONS = ['kms:Decrypt', 'kms:GenerateDataKey'];

/** Decides which services may publish to the topics of the template. */
export class PublishPermissions {
  /** ARN of a topic → ARN of its key. */
  private readonly keys: ReadonlyMap<string, string>;

  constructor(
    private readonly iam: Iam,
    topics: readonly Resource[],
    resources: readonly Resource[],
  ) {
    this.keys = new Map(
      topics.flatMap((topic) => {
        const { KmsMasterKeyId: id } = readProperties(TopicProperties, topic);
        const key = resources.find(
          ({ ref, attributes }) => id !== undefined && [ref, attributes.Arn].includes(id),
        );
        return key?.attributes.Arn ? [[topic.ref, key.attributes.Arn] as const] : [];
      }),
    );
  }

  allow(source: ServiceCaller, topicArn: string): boolean {
    if (!this.iam.allowsService(source, { action: 'SNS:Publish', resource: topicArn })) return false;
    const key = this.keys.get(topicArn);
    return (
      key === undefined ||
      KEY_ACTIONS.every((action) => this.iam.allowsService(source, { action, resource: key }))
    );
  }
}

import type { CfnTable, Table } from 'aws-cdk-lib/aws-dynamodb';
import type { CfnEventBus, EventBus } from 'aws-cdk-lib/aws-events';
import type { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { CfnSecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { CfnTopic, Topic } from 'aws-cdk-lib/aws-sns';
import type { CfnQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import { customerKeyOf, encryptionKeyOf } from './customer-key';

// These functions set properties of CloudFormation. With a property of the construct, CDK would allow every
// function that uses the resource to use the key without conditions, and would write more into the policy of
// the key.

/** The key of AWS that encrypts secrets without a key of their own. */
const AWS_KEY_OF_SECRETS = 'alias/aws/secretsmanager';

/**
 * Encrypts a table, its indexes, its stream, and its backups with the key of the stage, if it has one.
 * Without the key, the property says so: CloudFormation cannot remove the property of a table, and fails with
 * "At least one of ProvisionedThroughput, … or SSESpecification … is required".
 */
export function encryptTable(table: Table): void {
  const key = encryptionKeyOf(table);
  (table.node.defaultChild as CfnTable).sseSpecification = key
    ? { sseEnabled: true, sseType: 'KMS', kmsMasterKeyId: key.keyArn }
    : { sseEnabled: false };
}

/** Encrypts a secret with the key of the stage, if it has one. */
export function encryptSecret(secret: Secret): void {
  const customerKey = customerKeyOf(secret);
  if (!customerKey) return;
  const { encrypts, key } = customerKey;
  (secret.node.defaultChild as CfnSecret).kmsKeyId = encrypts ? key.keyArn : AWS_KEY_OF_SECRETS;
}

/** Encrypts a queue with the key of the stage, if it has one, instead of SQS's own. */
export function encryptQueue(queue: Queue): void {
  const key = encryptionKeyOf(queue);
  if (!key) return;
  const resource = queue.node.defaultChild as CfnQueue;
  resource.sqsManagedSseEnabled = undefined;
  resource.kmsMasterKeyId = key.keyArn;
}

/** Encrypts a topic with the key of the stage, if it has one. */
export function encryptTopic(topic: Topic): void {
  const key = encryptionKeyOf(topic);
  if (key) (topic.node.defaultChild as CfnTopic).kmsMasterKeyId = key.keyArn;
}

/** Encrypts the events of a bus with the key of the stage, if it has one. */
export function encryptEventBus(bus: EventBus): void {
  const key = encryptionKeyOf(bus);
  if (key) (bus.node.defaultChild as CfnEventBus).kmsKeyIdentifier = key.keyArn;
}

/** Encrypts new files of a bucket with the key of the stage, if it has one. */
export function encryptBucket(bucket: Bucket): void {
  const key = encryptionKeyOf(bucket);
  if (!key) return;
  const serverSideEncryptionByDefault = { sseAlgorithm: 'aws:kms', kmsMasterKeyId: key.keyArn };
  // With a bucket key, S3 asks KMS once for many files.
  (bucket.node.defaultChild as CfnBucket).bucketEncryption = {
    serverSideEncryptionConfiguration: [{ bucketKeyEnabled: true, serverSideEncryptionByDefault }],
  };
}

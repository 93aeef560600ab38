import type { CfnTable, Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { CfnSecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { CfnTopic, Topic } from 'aws-cdk-lib/aws-sns';
import type { CfnQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import { encryptionKeyOf } from './customer-key';

// These functions set properties of CloudFormation. With a property of the construct, CDK would allow every function that
// uses the resource to use the key without conditions, and would write more into the policy of the key.

/** Encrypts a table, its indexes, its stream, and its backups with the key of the stage, if it has one. */
export function encryptTable(table: Table): void {
  const key = encryptionKeyOf(table);
  if (!key) return;
  const resource = table.node.defaultChild as CfnTable;
  resource.sseSpecification = { sseEnabled: true, sseType: 'KMS', kmsMasterKeyId: key.keyArn };
}

/** Encrypts a secret with the key of the stage, if it has one. */
export function encryptSecret(secret: Secret): void {
  const key = encryptionKeyOf(secret);
  if (key) (secret.node.defaultChild as CfnSecret).kmsKeyId = key.keyArn;
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

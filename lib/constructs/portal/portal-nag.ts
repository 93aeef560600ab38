import { Aws, DefaultStackSynthesizer, Stack, Validations } from 'aws-cdk-lib';
import type { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import type { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { BucketDeployment } from 'aws-cdk-lib/aws-s3-deployment';
import { nagText } from '../common/nag-id';

const DEFAULT_CERTIFICATE_WARNING = '@aws-cdk/aws-cloudfront:minimumProtocolVersionWithoutCertificate';

/** Acknowledges the findings of cdk-nag about the hosting of the portal, with reasons. */
export function acknowledgeHostingFindings(
  bucket: Bucket,
  distribution: Distribution,
  hasCustomCertificate: boolean,
): void {
  Validations.of(bucket).acknowledge({
    id: 'AwsSolutions-S1',
    reason: 'It contains only the public page, and only CloudFront reads it.',
  });
  Validations.of(distribution).acknowledge(
    { id: 'AwsSolutions-CFR1', reason: 'Administrators can be in any country.' },
    { id: 'AwsSolutions-CFR2', reason: 'The deployer can add a web ACL.' },
    {
      id: 'AwsSolutions-CFR3',
      reason: 'The page consists of public files; the admin API behind it has its own access log.',
    },
  );
  if (hasCustomCertificate) return;
  const reason =
    "CloudFront's own name has a fixed TLS policy, and browsers choose the best version. A custom domain requires TLS 1.2.";
  Validations.of(distribution).acknowledge(
    { id: 'AwsSolutions-CFR4', reason },
    { id: `Annotation::${DEFAULT_CERTIFICATE_WARNING}`, reason },
  );
}

/** Acknowledges the findings about CDK's own function, which serves all bucket deployments of a stack. */
export function acknowledgeDeploymentFindings(bucket: Bucket, deployment: BucketDeployment): void {
  const provider = deployment.handlerRole.node.scope;
  if (!provider) throw new Error('The function that fills the bucket has no construct.');
  const filesId = Stack.of(bucket).getLogicalId(bucket.node.defaultChild as CfnBucket);
  const { account, region, partition } = Stack.of(bucket);
  const assets = `cdk-${DefaultStackSynthesizer.DEFAULT_QUALIFIER}-assets-${account}-${region}`;
  const assetFiles = nagText(bucket, `arn:${partition}:s3:::${assets}/*`);
  const wildcards = [
    'Action::s3:GetBucket*',
    'Action::s3:GetObject*',
    'Action::s3:List*',
    'Action::s3:Abort*',
    'Action::s3:DeleteObject*',
    `Resource::${assetFiles}`,
    `Resource::<${filesId}.Arn>/*`,
  ].map((wildcard) => ({
    id: `AwsSolutions-IAM5[${wildcard}]`,
    reason: 'Reads the assets of CDK, and writes the bucket of the page.',
  }));
  Validations.of(provider).acknowledge(
    ...wildcards,
    {
      id: `AwsSolutions-IAM4[Policy::${nagText(bucket, `arn:${Aws.PARTITION}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole`)}]`,
      reason: 'AWS maintains this policy for functions that log.',
    },
    { id: 'AwsSolutions-L1', reason: 'CDK chooses the runtime of its own function.' },
  );
}

/** Acknowledges the findings about CDK's own function, which empties the bucket before it is deleted. */
export function acknowledgeEmptyingFindings(bucket: Bucket): void {
  const provider = Stack.of(bucket).node.findChild('Custom::S3AutoDeleteObjectsCustomResourceProvider');
  Validations.of(provider).acknowledge(
    {
      id: `AwsSolutions-IAM4[Policy::${nagText(bucket, `arn:${Aws.PARTITION}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole`)}]`,
      reason: 'AWS maintains this policy for functions that log.',
    },
    { id: 'AwsSolutions-L1', reason: 'CDK chooses the runtime of its own function.' },
  );
}

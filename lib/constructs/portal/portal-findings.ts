import { DefaultStackSynthesizer, Stack, Validations } from 'aws-cdk-lib';
import type { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import type { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { BucketDeployment } from 'aws-cdk-lib/aws-s3-deployment';

const DEFAULT_CERTIFICATE_WARNING = '@aws-cdk/aws-cloudfront:minimumProtocolVersionWithoutCertificate';

/** What cdk-nag finds at the hosting of the portal, with the reasons to leave it so. */
export function acknowledgeHostingFindings(
  bucket: Bucket,
  distribution: Distribution,
  hasCustomCertificate: boolean,
): void {
  Validations.of(bucket).acknowledge({
    id: 'AwsSolutions-S1',
    reason: 'It holds the public page alone, and CloudFront alone reads it.',
  });
  Validations.of(distribution).acknowledge(
    { id: 'AwsSolutions-CFR1', reason: 'Administrators may be anywhere.' },
    { id: 'AwsSolutions-CFR2', reason: 'A web ACL is the choice of whoever deploys.' },
    {
      id: 'AwsSolutions-CFR3',
      reason: 'The page is public files; the admin API behind it has an access log of its own.',
    },
  );
  if (hasCustomCertificate) return;
  const reason =
    "CloudFront's own name has CloudFront's own TLS policy; browsers take the best. A domain of one's own has TLS 1.2.";
  Validations.of(distribution).acknowledge(
    { id: 'AwsSolutions-CFR4', reason },
    { id: `Annotation::${DEFAULT_CERTIFICATE_WARNING}`, reason },
  );
}

/** The function is CDK's own, and the same for all deployments into buckets of a stack. */
export function acknowledgeDeploymentFindings(bucket: Bucket, deployment: BucketDeployment): void {
  const provider = deployment.handlerRole.node.scope;
  if (!provider) throw new Error('The function that fills the bucket has no construct.');
  const files = Stack.of(bucket).getLogicalId(bucket.node.defaultChild as CfnBucket);
  const assets = `cdk-${DefaultStackSynthesizer.DEFAULT_QUALIFIER}-assets-<AWS::AccountId>-<AWS::Region>`;
  const wide = [
    'Action::s3:GetBucket*',
    'Action::s3:GetObject*',
    'Action::s3:List*',
    'Action::s3:Abort*',
    'Action::s3:DeleteObject*',
    `Resource::arn:<AWS::Partition>:s3:::${assets}/*`,
    `Resource::<${files}.Arn>/*`,
    'Resource::*',
  ].map((what) => ({
    id: `AwsSolutions-IAM5[${what}]`,
    reason: 'Reads the assets of CDK, writes the bucket of the page, and invalidates what CloudFront holds.',
  }));
  Validations.of(provider).acknowledge(
    ...wide,
    {
      id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]',
      reason: 'The policy that AWS maintains for functions that log.',
    },
    { id: 'AwsSolutions-L1', reason: 'CDK chooses the runtime of its own function.' },
  );
}

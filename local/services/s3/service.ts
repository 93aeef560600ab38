import type { Service } from '../../cloud/service';
import { PARTITION, REGION, URL_SUFFIX } from '../../cloud/template/account';
import { byId, nameOf, type ResourceTypes } from '../../cloud/template/identity';

const RESOURCE_TYPES: ResourceTypes = {
  'AWS::S3::Bucket': (naming) => {
    // The name of a bucket is in lower case. Its ARN has no account or region, because the name is unique
    // worldwide.
    const bucket = nameOf('BucketName', naming).toLowerCase();
    return {
      ref: bucket,
      attributes: {
        Arn: `arn:${PARTITION}:s3:::${bucket}`,
        RegionalDomainName: `${bucket}.s3.${REGION}.${URL_SUFFIX}`,
      },
    };
  },
  'Custom::CDKBucketDeployment': byId,
  'Custom::S3AutoDeleteObjects': byId,
};

/** S3, as far as CloudFront reads buckets: see `BucketFiles`. Nothing listens, so functions cannot use it. */
export class S3Service implements Service {
  readonly resourceTypes = RESOURCE_TYPES;
}

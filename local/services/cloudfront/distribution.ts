import * as z from 'zod';
import { REGION, URL_SUFFIX } from '../../cloud/template/account';
import { readProperties } from '../../cloud/template/properties';
import { ofType, type Resource } from '../../cloud/template/resources';
import type { Rewrite as TextRewrite } from '../../cloud/template/rewrite';
import { wildcards } from '../../cloud/wildcards';
import { UserError } from '../../host/user-error';
import { BucketFiles } from '../s3/bucket-files';
import { edgeFunction, type Rewrite } from './edge-function';
import { type Header, responseHeaders } from './response-headers';

type Origin =
  | { readonly kind: 'bucket'; readonly arn: string; readonly files: BucketFiles }
  | {
      readonly kind: 'api';
      readonly apiId: string;
      readonly customHeaders: Readonly<Record<string, string>>;
    };

export interface Behavior {
  /** Matches the path. */
  readonly pattern: RegExp;
  readonly methods: readonly string[];
  readonly origin: Origin;
  readonly headers: readonly Header[];
  readonly rewrite: Rewrite;
}

export interface Distribution {
  readonly id: string;
  /** The URLs in AWS, for example `https://d123.cloudfront.net`. */
  readonly urls: readonly string[];
  /** The behaviors in the order of precedence. The last one matches every path. */
  readonly behaviors: readonly Behavior[];
}

const BehaviorProperties = z.object({
  PathPattern: z.string().optional(),
  TargetOriginId: z.string(),
  AllowedMethods: z.array(z.string()).default(['GET', 'HEAD']),
  ResponseHeadersPolicyId: z.string().optional(),
  FunctionAssociations: z
    .array(z.object({ EventType: z.literal('viewer-request'), FunctionARN: z.string() }))
    .max(1)
    .default([]),
});

const OriginProperties = z.object({
  Id: z.string(),
  DomainName: z.string(),
  OriginCustomHeaders: z.array(z.object({ HeaderName: z.string(), HeaderValue: z.string() })).default([]),
});

const DistributionProperties = z.object({
  DistributionConfig: z.object({
    Aliases: z.array(z.string()).default([]),
    Origins: z.array(OriginProperties),
    DefaultCacheBehavior: BehaviorProperties,
    CacheBehaviors: z.array(BehaviorProperties).default([]),
    // They would also replace the responses of API origins.
    CustomErrorResponses: z.undefined('custom error responses are not supported').optional(),
  }),
});

/**
 * Returns the CloudFront distributions of the template. `rewriteText` changes the texts with which files are
 * deployed.
 */
export function distributionsFromTemplate(
  resources: readonly Resource[],
  rewriteText?: TextRewrite,
): Distribution[] {
  return ofType(resources, 'AWS::CloudFront::Distribution').map((resource) =>
    distributionOf(resource, resources, rewriteText),
  );
}

function distributionOf(
  resource: Resource,
  resources: readonly Resource[],
  rewriteText?: TextRewrite,
): Distribution {
  const { Aliases, Origins, CacheBehaviors, DefaultCacheBehavior } = readProperties(
    DistributionProperties,
    resource,
  ).DistributionConfig;
  const origins = new Map(Origins.map((origin) => [origin.Id, originOf(origin, resources, rewriteText)]));
  return {
    id: resource.ref,
    urls: [String(resource.attributes.DomainName), ...Aliases].map((name) => `https://${name}`),
    behaviors: [...CacheBehaviors, { ...DefaultCacheBehavior, PathPattern: '*' }].map((behavior) => ({
      // CloudFront accepts a pattern without its leading slash.
      pattern: wildcards(`/${(behavior.PathPattern ?? '*').replace(/^\//, '')}`),
      methods: behavior.AllowedMethods,
      origin: origins.get(behavior.TargetOriginId) as Origin,
      headers: responseHeaders(behavior.ResponseHeadersPolicyId, resources),
      rewrite: edgeFunction(behavior.FunctionAssociations[0]?.FunctionARN, resources),
    })),
  };
}

function originOf(
  { DomainName: domainName, OriginCustomHeaders }: z.output<typeof OriginProperties>,
  resources: readonly Resource[],
  rewriteText?: TextRewrite,
): Origin {
  const apiHost = `.execute-api.${REGION}.${URL_SUFFIX}`;
  if (domainName.endsWith(apiHost)) {
    const customHeaders = OriginCustomHeaders.map((each) => [
      each.HeaderName.toLowerCase(),
      each.HeaderValue,
    ]);
    return {
      kind: 'api',
      apiId: domainName.slice(0, -apiHost.length),
      customHeaders: Object.fromEntries(customHeaders) as Record<string, string>,
    };
  }
  const bucket = resources.find(
    ({ type, attributes }) => type === 'AWS::S3::Bucket' && attributes.RegionalDomainName === domainName,
  );
  if (bucket) {
    const files = BucketFiles.of(bucket.ref, resources, rewriteText);
    return { kind: 'bucket', arn: bucket.attributes.Arn ?? '', files };
  }
  throw new UserError(`The local cloud serves nothing at ${domainName}, which is an origin of CloudFront.`);
}

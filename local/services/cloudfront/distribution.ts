import * as z from 'zod';
import { UserError } from '../../host/user-error';
import { REGION, URL_SUFFIX } from '../../cloud/template/identity';
import type { Resource } from '../../cloud/template/resources';
import { BucketFiles } from '../s3/bucket-files';
import { edgeFunction, type Rewrite } from './edge-function';
import { type Header, responseHeaders } from './response-headers';
import { wildcards } from '../../cloud/wildcards';

export type Origin =
  | { readonly kind: 'bucket'; readonly files: BucketFiles }
  | {
      readonly kind: 'api';
      readonly apiId: string;
      readonly customHeaders: Readonly<Record<string, string>>;
    };

export interface Behaviour {
  /** Of the path. */
  readonly pattern: RegExp;
  readonly methods: readonly string[];
  readonly origin: Origin;
  readonly headers: readonly Header[];
  readonly rewrite: Rewrite;
}

export interface Distribution {
  readonly id: string;
  /** E.g. `https://d123.cloudfront.net`. */
  readonly url: string;
  /** In the order in which they are tried; the last one takes everything. */
  readonly behaviours: readonly Behaviour[];
}

const BehaviourProperties = z.object({
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
    Origins: z.array(OriginProperties),
    DefaultCacheBehavior: BehaviourProperties,
    CacheBehaviors: z.array(BehaviourProperties).default([]),
    // They would replace the admin API's answers as well.
    CustomErrorResponses: z.undefined('custom error responses are not supported').optional(),
  }),
});

/** The CloudFront distributions of the template. */
export function distributionsFromTemplate(resources: readonly Resource[]): Distribution[] {
  return resources
    .filter(({ type }) => type === 'AWS::CloudFront::Distribution')
    .map((resource) => distributionOf(resource, resources));
}

function distributionOf(resource: Resource, resources: readonly Resource[]): Distribution {
  const parsed = DistributionProperties.safeParse(resource.properties);
  if (!parsed.success) {
    throw new UserError(`The local host cannot run ${resource.logicalId}:\n${z.prettifyError(parsed.error)}`);
  }
  const { Origins, CacheBehaviors, DefaultCacheBehavior } = parsed.data.DistributionConfig;
  const origins = new Map(Origins.map((origin) => [origin.Id, originOf(origin, resources)]));
  return {
    id: resource.ref,
    url: `https://${resource.attributes.DomainName}`,
    behaviours: [...CacheBehaviors, { ...DefaultCacheBehavior, PathPattern: '*' }].map((behaviour) => ({
      // Its leading slash may be left out.
      pattern: wildcards(`/${(behaviour.PathPattern ?? '*').replace(/^\//, '')}`),
      methods: behaviour.AllowedMethods,
      origin: origins.get(behaviour.TargetOriginId) as Origin,
      headers: responseHeaders(behaviour.ResponseHeadersPolicyId, resources),
      rewrite: edgeFunction(behaviour.FunctionAssociations[0]?.FunctionARN, resources),
    })),
  };
}

function originOf(
  { DomainName: domainName, OriginCustomHeaders }: z.output<typeof OriginProperties>,
  resources: readonly Resource[],
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
  if (bucket) return { kind: 'bucket', files: BucketFiles.of(bucket.ref, resources) };
  throw new UserError(`The local host has nothing at ${domainName}, an origin of CloudFront.`);
}

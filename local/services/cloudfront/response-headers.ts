import * as z from 'zod';
import { readProperties } from '../../cloud/template/properties';
import type { Resource } from '../../cloud/template/resources';
import { UserError } from '../../host/user-error';

export type Header = readonly [name: string, value: string];

const PolicyProperties = z.object({
  ResponseHeadersPolicyConfig: z.object({
    SecurityHeadersConfig: z
      .object({
        ContentSecurityPolicy: z.object({ ContentSecurityPolicy: z.string() }),
        ContentTypeOptions: z.object({}),
        FrameOptions: z.object({ FrameOption: z.string() }),
        ReferrerPolicy: z.object({ ReferrerPolicy: z.string() }),
        StrictTransportSecurity: z.object({
          AccessControlMaxAgeSec: z.number(),
          IncludeSubdomains: z.boolean().default(false),
        }),
      })
      .partial()
      .default({}),
    CustomHeadersConfig: z
      .object({ Items: z.array(z.object({ Header: z.string(), Value: z.string() })) })
      .default({ Items: [] }),
  }),
});

/**
 * Returns the headers that a response headers policy of the template adds. They override the origin's
 * headers.
 */
export function responseHeaders(policyId: string | undefined, resources: readonly Resource[]): Header[] {
  if (policyId === undefined) return [];
  const policy = resources.find(
    ({ type, ref }) => type === 'AWS::CloudFront::ResponseHeadersPolicy' && ref === policyId,
  );
  if (!policy) throw new UserError(`The template has no response headers policy ${policyId}.`);
  const { SecurityHeadersConfig: security, CustomHeadersConfig } = readProperties(
    PolicyProperties,
    policy,
  ).ResponseHeadersPolicyConfig;
  const transport = security.StrictTransportSecurity;
  const own: [string, string | undefined][] = [
    ['content-security-policy', security.ContentSecurityPolicy?.ContentSecurityPolicy],
    ['x-content-type-options', security.ContentTypeOptions && 'nosniff'],
    ['x-frame-options', security.FrameOptions?.FrameOption],
    ['referrer-policy', security.ReferrerPolicy?.ReferrerPolicy],
    ['strict-transport-security', transport && strictTransport(transport)],
  ];
  return [
    ...own.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
    ...CustomHeadersConfig.Items.map(({ Header, Value }) => [Header, Value] as const),
  ];
}

function strictTransport(options: { AccessControlMaxAgeSec: number; IncludeSubdomains: boolean }): string {
  const suffix = options.IncludeSubdomains ? '; includeSubDomains' : '';
  return `max-age=${options.AccessControlMaxAgeSec}${suffix}`;
}

import { Duration } from 'aws-cdk-lib';
import {
  HeadersFrameOption,
  HeadersReferrerPolicy,
  type ResponseCustomHeader,
  type ResponseSecurityHeadersBehavior,
} from 'aws-cdk-lib/aws-cloudfront';

const TWO_YEARS = Duration.days(730);

/** Returns a policy that forbids inline code and other origins. Only requests to the issuer are allowed. */
function contentSecurityPolicy(issuerOrigins: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    ["connect-src 'self'", ...issuerOrigins].join(' '),
    // Only scripts send forms.
    "form-action 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    // Text never becomes markup or code.
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}

/** The headers for which CloudFront has no setting. */
export const CUSTOM_HEADERS: readonly ResponseCustomHeader[] = [
  ['cross-origin-opener-policy', 'same-origin'],
  ['cross-origin-resource-policy', 'same-origin'],
  ['permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()'],
].map(([header = '', value = '']) => ({ header, value, override: true }));

/** Returns the security headers of the portal. `issuerOrigins` are the origins of the OpenID issuer. */
export function portalSecurityHeaders(issuerOrigins: readonly string[]): ResponseSecurityHeadersBehavior {
  return {
    contentSecurityPolicy: { contentSecurityPolicy: contentSecurityPolicy(issuerOrigins), override: true },
    strictTransportSecurity: { accessControlMaxAge: TWO_YEARS, includeSubdomains: true, override: true },
    contentTypeOptions: { override: true },
    frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
    referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
  };
}

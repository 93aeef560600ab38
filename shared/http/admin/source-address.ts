import { createHash, timingSafeEqual } from 'node:crypto';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { ORIGIN_SECRET_HEADER } from '../../deployment';
import { lowerCaseNames } from '../chain/request';

/**
 * Returns the address that a request comes from. For a request through the portal's distribution, API Gateway
 * sees only the edge, and `X-Forwarded-For` contains the viewer. Anybody can send that header, so it counts
 * only together with the secret that the distribution adds.
 */
export async function sourceAddressOf(
  { headers, requestContext }: APIGatewayProxyEvent,
  readOriginSecrets: () => Promise<readonly string[]>,
): Promise<string | undefined> {
  const { sourceIp } = requestContext.identity;
  const { [ORIGIN_SECRET_HEADER]: secret, 'x-forwarded-for': forwarded } = lowerCaseNames(headers);
  if (!secret || !forwarded) return sourceIp;
  const accepted = await readOriginSecrets();
  if (!accepted.some((each) => timingSafeEqual(digest(secret), digest(each)))) return sourceIp;
  return viewerIn(forwarded, sourceIp) ?? sourceIp;
}

/**
 * Returns the viewer: CloudFront appends it, then API Gateway appends the edge. The viewer chooses what comes
 * before.
 */
function viewerIn(forwarded: string, edge: string): string | undefined {
  const addresses = forwarded.split(',').map((address) => address.trim());
  if (addresses.at(-1) === edge) addresses.pop();
  const viewer = addresses.at(-1);
  return viewer && ADDRESS.test(viewer) ? viewer : undefined;
}

/** IPv4 or IPv6, without a port. */
const ADDRESS = /^[0-9a-fA-F.:]{2,45}$/;

/** Hashes a text, because `timingSafeEqual` requires equal lengths. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

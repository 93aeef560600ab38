import { createHash, timingSafeEqual } from 'node:crypto';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { ORIGIN_SECRET_HEADER } from '../../deployment';
import { lowerCaseNames } from '../chain/request';

/**
 * Where a request comes from. Of one through the portal's distribution API Gateway sees the edge alone; who came to the edge stands
 * in `X-Forwarded-For`, which anybody may send, so it counts only beside `passage`, the secret that the distribution adds.
 */
export async function sourceAddressOf(
  { headers, requestContext }: APIGatewayProxyEvent,
  originSecret: () => Promise<string | undefined>,
): Promise<string | undefined> {
  const { sourceIp } = requestContext.identity;
  const { [ORIGIN_SECRET_HEADER]: shown, 'x-forwarded-for': forwarded } = lowerCaseNames(headers);
  if (!shown || !forwarded) return sourceIp;
  const expected = await originSecret();
  if (!expected || !timingSafeEqual(digest(shown), digest(expected))) return sourceIp;
  return viewerIn(forwarded, sourceIp) ?? sourceIp;
}

/** CloudFront adds its viewer at the end, and API Gateway the edge; what stands before them is the viewer's own saying. */
function viewerIn(forwarded: string, edge: string): string | undefined {
  const addresses = forwarded.split(',').map((address) => address.trim());
  if (addresses.at(-1) === edge) addresses.pop();
  const viewer = addresses.at(-1);
  return viewer && ADDRESS.test(viewer) ? viewer : undefined;
}

/** IPv4 or IPv6, without a port. */
const ADDRESS = /^[0-9a-fA-F.:]{2,45}$/;

/** Of the same length whatever it is made of. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

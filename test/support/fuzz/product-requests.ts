import { FORM, JWT_BEARER, metadataUrl, tokenUrl } from '../oauth/token-client';
import { session } from '../system/system';
import type { Draw } from './draw';
import type { FuzzRequest } from './fuzz-request';
import { oddValue } from './odd-values';
import { bodyOf, encoded } from './scim-requests';
import type { World } from './world';

/** Draws a request of the vendor's product or of an OAuth client. */
export const productRequest = (draw: Draw, world: World): FuzzRequest =>
  draw.oneOf([licenseRequest, licenseRequest, tokenRequest, tokenRequest, feedRequest])(draw, world);

function licenseRequest(draw: Draw, { licenseKey, mark }: World): FuzzRequest {
  const path = draw.oneOf(['check', 'lease', 'jwks.json', 'x']);
  const key = draw.oneOf([
    licenseKey,
    licenseKey.toLowerCase(),
    licenseKey.slice(1),
    `${licenseKey}-X`,
    '',
    mark,
  ]);
  const method = draw.oneOf(['GET', 'GET', 'GET', 'POST', 'PUT', 'DELETE', 'HEAD']);
  const query = draw.oneOf([
    '',
    '',
    '?include=organizations',
    '?include=',
    '?include=x&include=y',
    `?key=${mark}`,
  ]);
  return {
    about: `license ${method} /${path}`,
    method,
    url: session().licenseCheckUrl.replace(/check$/, path) + query,
    headers: draw.oneOf<Record<string, string>>([
      { 'license-key': key },
      { 'license-key': key, 'if-none-match': draw.oneOf(['*', '"x"', mark]) },
      { authorization: `Bearer ${key}` },
      {},
    ]),
    ...(method === 'POST' && { body: JSON.stringify(oddValue(draw, mark)) ?? '' }),
  };
}

function tokenRequest(draw: Draw, { oauth, mark }: World): FuzzRequest {
  const method = draw.oneOf(['POST', 'POST', 'POST', 'GET', 'PUT']);
  const fields: Record<string, string> = {
    grant_type: draw.oneOf(['client_credentials', 'client_credentials', 'password', '', mark]),
    client_id: draw.oneOf([oauth.clientId, oauth.clientId, 'x', '', oauth.clientId.toUpperCase()]),
    client_secret: draw.oneOf([oauth.clientSecret, 'x', '', `${oauth.clientSecret} `]),
    ...(draw.chance(0.3) && { scope: draw.oneOf(['scim', '', 'x y', mark]) }),
    ...(draw.chance(0.3) && { client_assertion: assertion(draw, mark), client_assertion_type: JWT_BEARER }),
  };
  const names = Object.keys(fields).filter(() => draw.chance(0.85));
  const form = names.map((name) => `${name}=${encodeURIComponent(fields[name] ?? '')}`).join('&');
  const basic = Buffer.from(`${oauth.clientId}:${oauth.clientSecret}`).toString('base64');
  return {
    about: `token ${method}`,
    method,
    url: draw.chance(0.9) ? tokenUrl() : metadataUrl(),
    headers: {
      'content-type': draw.chance(0.9) ? FORM : draw.oneOf(['application/json', 'text/plain']),
      ...(draw.chance(0.3) && {
        authorization: draw.oneOf([`Basic ${basic}`, 'Basic !', 'Basic', `Bearer ${mark}`]),
      }),
    },
    ...(method !== 'GET' && {
      body: draw.oneOf([
        form,
        form,
        form,
        `${form}&${form}`,
        `${form}&%`,
        JSON.stringify(fields),
        '=&=&',
        'a='.repeat(5_000),
      ]),
    }),
  };
}

function assertion(draw: Draw, mark: string): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value) ?? '').toString('base64url');
  const header = { alg: draw.oneOf(['none', 'RS256', 'HS256', 'ES256', 'x']), kid: mark };
  const claims = draw.chance(0.5)
    ? oddValue(draw, mark)
    : { iss: mark, sub: mark, aud: tokenUrl(), exp: 4_000_000_000 };
  return draw.oneOf([`${part(header)}.${part(claims)}.AAAA`, `${part(header)}..`, 'x', '.', 'a.b.c.d']);
}

function feedRequest(draw: Draw, { domainId, ids, eventsTokens, mark }: World): FuzzRequest {
  const token = eventsTokens.feed;
  const of = draw.oneOf([`/domains/${domainId}`, `/domains/${draw.oneOf(ids.foreign)}`, '']);
  const query = draw.oneOf([
    '',
    '?after=0',
    '?after=-1',
    '?after=x',
    '?limit=0',
    '?types=user.created,x',
    `?since=${mark}`,
    '?content=full',
  ]);
  return {
    about: 'feed GET',
    method: 'GET',
    url: `${session().adminUrl}${of}/events${query}`,
    headers: { authorization: `Bearer ${draw.oneOf([token, token, `${token}x`, ''])}` },
  };
}

/** Draws a poll for SETs (RFC 8936). */
export function pollRequest(draw: Draw, world: World): FuzzRequest {
  const { domainId, ids, subscriptions, eventsTokens, values, mark } = world;
  const jti = () => draw.oneOf([...values.ack, ...ids.odd, mark]);
  const poll = {
    // Without it, a poll waits for two seconds.
    returnImmediately: true,
    ...(draw.chance(0.5) && { maxEvents: draw.oneOf([0, 1, 100, 101, -1]) }),
    ...(draw.chance(0.5) && { ack: Array.from({ length: draw.integer(0, 3) }, jti) }),
    ...(draw.chance(0.3) && {
      setErrs: { [jti()]: { err: draw.oneOf(['invalid_key', mark]), description: mark } },
    }),
  };
  const { setPoll } = subscriptions;
  const id = draw.chance(0.7) ? setPoll : draw.oneOf([subscriptions.webhook, ...ids.foreign]);
  const token = draw.chance(0.7) ? eventsTokens.setPoll : draw.oneOf([eventsTokens.feed, mark, '']);
  return {
    about: 'poll POST',
    method: 'POST',
    url: `${session().adminUrl}/domains/${domainId}/subscriptions/${encoded(id)}/sets`,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: draw.chance(0.5) ? JSON.stringify(poll) : bodyOf(draw, world, poll),
  };
}

import type { ScimKeyAdmin, ScimKeySummary } from '../../../../service/credentials/scim-key-admin';
import type { Clock } from '../../../chain/clock';
import { NEW_SCIM_KEY } from './connection-bodies';
import { ok, route, type AdminRoute } from '../../route';

/** The SCIM keys of a domain. */
export function keyRoutes(admin: ScimKeyAdmin, now: Clock): AdminRoute[] {
  return [
    route({
      method: 'GET',
      path: '/domains/{domainId}/keys',
      access: 'viewer',
      allowsSetupLink: true,
      handle: async ({ domain }) => {
        const keys = await admin.listScimKeys(domain.domainId);
        return ok({ items: keys.map((key) => keyView(key, now())) });
      },
    }),
    route({
      method: 'POST',
      path: '/domains/{domainId}/keys',
      access: 'owner',
      allowsSetupLink: true,
      body: NEW_SCIM_KEY,
      handle: async ({ domain, body, actor }) => {
        const { token, ...key } = await admin.createScimKey(domain.domainId, body, actor);
        return { status: 201, body: { key: keyView(key, now()), token } };
      },
    }),
    route({
      method: 'DELETE',
      path: '/domains/{domainId}/keys/{keyId}',
      access: 'owner',
      allowsSetupLink: true,
      flushesCache: () => true,
      handle: async ({ domain: { domainId }, parameters: { keyId }, actor }) => {
        await admin.revokeScimKey(domainId, keyId, actor);
        return { status: 204 };
      },
    }),
  ];
}

function keyView(key: ScimKeySummary, now: number): object {
  const { keyId, name, connectionId, createdAt, expireTime, lastUsedAt, revokedAt } = key;
  const hasExpired = expireTime !== undefined && Date.parse(expireTime) <= now;
  const status = revokedAt !== undefined ? 'revoked' : hasExpired ? 'expired' : 'active';
  return { keyId, name, connectionId, createdAt, expireTime, lastUsedAt, revokedAt, status };
}

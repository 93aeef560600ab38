import { session } from '../../system/system';
import { adminRequest } from '../actors/admin-actor';
import type { Value } from '../model/register';
import type { SoakDomain } from '../model/world';

/**
 * Returns a sentence for each setting, connection, invitation, and revoked key that is not as administrators
 * left it.
 */
export async function adminProblems(domain: SoakDomain): Promise<string[]> {
  const url = `/domains/${domain.domainId}`;
  const [settings, connections, invitations, mappings] = await Promise.all(
    ['', '/connections', '/invitations', '/mappings'].map(
      async (path) => (await adminRequest('GET', url + path)).body,
    ),
  );
  const connectionNames = new Set(
    connections?.items.filter(({ revokedAt }) => revokedAt === undefined).map(({ name }) => name),
  );
  const invited = (invitations?.items ?? []).map(({ email }) => String(email));
  const actual = (setting: string): Value => {
    const [kind, name = ''] = setting.split(' ');
    if (kind === 'connection') return connectionNames.has(name) ? 'yes' : 'no';
    if (kind === 'invitation') return invited.some((email) => email.startsWith(`${name}.`)) ? 'yes' : 'no';
    if (kind === 'mappings') return String((mappings?.mappings as unknown[]).length);
    return String(settings?.[setting]);
  };
  return [
    ...[...domain.settings].flatMap(([setting, register]) => {
      const allowed = register.allowed();
      const stored = actual(setting);
      return allowed.has(stored)
        ? []
        : [`domain ${domain.domainId}: ${setting} is ${stored}, not ${[...allowed].join(' or ')}`];
    }),
    ...(await Promise.all(domain.revokedKeys.map(revocationProblems))).flat(),
  ];
}

async function revocationProblems(scimKey: string): Promise<string[]> {
  const { status } = await fetch(`${session().baseUrl}/Users?count=0`, {
    headers: { authorization: `Bearer ${scimKey}` },
  });
  return status === 401 ? [] : [`The revoked key ${scimKey.split('.')[0]} is answered with ${status}.`];
}

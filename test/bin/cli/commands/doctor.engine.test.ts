import type { Diagnosis } from '../../../../bin/doctor/diagnose';
import type { ScimKey } from '../../../../portal/src/api/schema';
import { createDomainClient } from '../../../support/system/system';
import { json, printed, scimLocal } from '../run-local';

describe('scim doctor', () => {
  const diagnoses = async (scimKey: string) => {
    const { code, out } = await scimLocal(['doctor', '--json'], { env: { SCIM_KEY: scimKey } });
    return { code, diagnoses: JSON.parse(out) as Diagnosis[] };
  };

  it('passes all checks on a healthy system, deletes its test user, takes no seat and sends no email', async () => {
    const { domainId, scimKey, request } = await createDomainClient();
    const result = await diagnoses(scimKey);
    expect(result.code).toBe(0);
    expect(result.diagnoses.map(({ status }) => status)).toEqual(['ok', 'ok', 'ok', 'ok', 'ok']);
    expect((await request('GET', '/Users')).body).toMatchObject({ totalResults: 0 });
    expect(await json('domain', 'show', domainId)).toMatchObject({ counts: { users: 0, activeLicenses: 0 } });
    const [created] = await json<{ resource: { id: string } }[]>(
      ...['audit', 'list', domainId, '--action', 'user.created'],
    );
    const userId = created?.resource.id ?? '';
    expect((await scimLocal(['user', 'show', domainId, userId])).code).toBe(1);
    const { out } = await scimLocal(['license', 'show', domainId, userId, '--json']);
    expect(out).not.toMatch(/"status": "(active|sent|due)"/);
  });

  it('distinguishes a revoked key from a disabled domain', async () => {
    const { domainId, scimKey } = await createDomainClient();
    await printed('domain', 'disable', domainId, '--yes');
    const disabled = await diagnoses(scimKey);
    expect(disabled.code).toBe(1);
    expect(disabled.diagnoses[3]).toMatchObject({
      check: 'key',
      action: `Enable it: \`scim domain enable ${domainId}\`.`,
    });
    await printed('domain', 'enable', domainId);
    const [key] = await json<ScimKey[]>('key', 'list', domainId);
    await printed('key', 'revoke', domainId, key?.keyId ?? '', '--yes');
    expect((await diagnoses(scimKey)).diagnoses[3]?.found).toMatch(/was revoked/);
  });
});

import { SetupLinkAdmin, MAX_USABLE_LINKS } from '../../../shared/service/setup-links/setup-link-admin';
import { newId } from '../../../shared/id';
import { ADMIN, EMAIL, SetupLinksRig } from './setup-links';

let rig: SetupLinksRig;
beforeAll(async () => {
  rig = await SetupLinksRig.create();
});

describe('the setup links of a domain', () => {
  it('are listed with their status, without secrets', async () => {
    const domainId = await rig.newDomain();
    const created = await rig.admin.create(domainId, { email: ` ${EMAIL} `, accountRole: 'owner' }, ADMIN);
    const { url, ...summary } = created;
    expect(url).toMatch(
      /^https:\/\/portal\.example\.com\/setup#[0-9a-f-]{36}\.[0-9a-f-]{36}\.[0-9A-Za-z]{43}$/,
    );
    expect(summary).toEqual({
      linkId: expect.any(String) as string,
      email: EMAIL,
      accountRole: 'owner',
      createdAt: '2026-06-15T12:00:00.000Z',
      createdBy: 'Olga Owner',
      expireTime: '2026-06-22T12:00:00.000Z',
      status: 'pending',
    });
    expect(await rig.admin.list(domainId)).toEqual([summary]);
    await rig.admin.revoke(domainId, summary.linkId, ADMIN);
    expect(await rig.admin.list(domainId)).toMatchObject([{ status: 'revoked' }]);
  });

  it('are limited in number; those that have ended do not count', async () => {
    const domainId = await rig.newDomain();
    const create = () => rig.admin.create(domainId, { email: EMAIL }, ADMIN);
    const { linkId } = await create();
    for (let links = 1; links < MAX_USABLE_LINKS; links++) await create();
    await expect(create()).rejects.toThrow('already has 20 setup links');
    await rig.admin.revoke(domainId, linkId, ADMIN);
    await expect(create()).resolves.toMatchObject({ status: 'pending' });
  });

  it('are limited in number even if they are created at the same time', async () => {
    const domainId = await rig.newDomain();
    const results = await Promise.allSettled(
      Array.from({ length: MAX_USABLE_LINKS + 10 }, () =>
        rig.admin.create(domainId, { email: EMAIL }, ADMIN),
      ),
    );
    const refusals = results.flatMap((each) => (each.status === 'rejected' ? [String(each.reason)] : []));
    expect(refusals).toHaveLength(10);
    for (const refusal of refusals) expect(refusal).toContain('already has 20 setup links');
    expect(await rig.admin.list(domainId)).toHaveLength(MAX_USABLE_LINKS);
  });

  it.each(['', 'it', 'it@', 'Jane <it@example.com>', 'a@example.com, b@example.com'])(
    'are not created for the address "%s"',
    async (email) => {
      const domainId = await rig.newDomain();
      await expect(rig.admin.create(domainId, { email }, ADMIN)).rejects.toThrow('No email can be sent to');
      expect(await rig.admin.list(domainId)).toEqual([]);
    },
  );

  it('need a domain and a portal', async () => {
    await expect(rig.admin.create(newId(), { email: EMAIL }, ADMIN)).rejects.toThrow('no domain');
    const { links, days, now } = rig.admin['dependencies'];
    const withoutPortal = new SetupLinkAdmin({ links, days, now });
    await expect(withoutPortal.create(await rig.newDomain(), { email: EMAIL }, ADMIN)).rejects.toThrow(
      'no portal',
    );
  });

  it('of another domain cannot be revoked', async () => {
    const link = await rig.newLink();
    await expect(rig.admin.revoke(await rig.newDomain(), link.linkId, ADMIN)).rejects.toThrow(
      'has no setup link',
    );
    expect(await rig.admin.list(link.domainId)).toMatchObject([{ status: 'pending' }]);
  });
});

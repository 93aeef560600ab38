import { SetupLinkAdmin, MAX_USABLE_LINKS } from '../../../shared/service/setup-links/setup-link-admin';
import { newId } from '../../../shared/id';
import type { SetupSecret } from '../../../shared/credentials/setup-link';
import { roleKey } from '../../../shared/store/table/administrator-keys';
import { DEPLOYMENT, setupLinkKey } from '../../../shared/store/table/keys';
import { ADMIN, EMAIL, newSource, SetupLinksRig } from './setup-links';

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
    const { links, creators, days, now } = rig.admin['dependencies'];
    const withoutPortal = new SetupLinkAdmin({ links, creators, days, now });
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

describe('the setup links of an operator', () => {
  const operator = { kind: 'admin', id: 'op1', name: 'Otto Operator' } as const;
  const role = roleKey(operator.id, DEPLOYMENT);
  const statuses = async (domainId: string) => (await rig.admin.list(domainId)).map(({ status }) => status);
  const removeOperator = () => rig.table.delete(role);
  let domainId: string;
  let link: SetupSecret;
  beforeEach(async () => {
    await rig.table.put({ ...role, role: 'operator' });
    domainId = await rig.newDomain();
    link = await rig.newLink(domainId, operator);
  });

  it('can be opened and used while the operator is one', async () => {
    const token = await rig.open(link);
    expect(await rig.sessions.verify(token)).toMatchObject({ linkId: link.linkId });
    expect(await statuses(domainId)).toEqual(['open']);
  });

  it('cannot be opened after the removal of the operator, not even with a code that was sent before', async () => {
    const code = await rig.codeFor(link);
    await removeOperator();
    await expect(rig.opening.open(link, code, newSource())).rejects.toThrow('was revoked');
    rig.pass(60);
    await expect(rig.codeFor(link)).rejects.toThrow('was revoked');
    expect(await statuses(domainId)).toEqual(['revoked']);
  });

  it('end in the browser that opened them', async () => {
    const token = await rig.open(link);
    await removeOperator();
    expect(await rig.sessions.verify(token)).toBeUndefined();
    expect(await statuses(domainId)).toEqual(['revoked']);
  });

  it('stay valid if the former operator owns the domain, but not as a viewer', async () => {
    const token = await rig.open(link);
    await removeOperator();
    const inDomain = roleKey(operator.id, domainId);
    await rig.table.put({ ...inDomain, role: 'owner' });
    expect(await rig.sessions.verify(token)).toBeDefined();
    await rig.table.put({ ...inDomain, role: 'viewer' });
    expect(await rig.sessions.verify(token)).toBeUndefined();
  });

  it('are revoked by the next link after the removal of the operator, and make room for it', async () => {
    for (let links = 1; links < MAX_USABLE_LINKS; links++) await rig.newLink(domainId, operator);
    await expect(rig.newLink(domainId)).rejects.toThrow('already has 20 setup links');
    await removeOperator();
    // The list is in the order of the times of creation.
    rig.pass(1);
    await rig.newLink(domainId);
    expect(await statuses(domainId)).toEqual([
      ...Array.from({ length: MAX_USABLE_LINKS }, () => 'revoked'),
      'pending',
    ]);
    await rig.table.put({ ...role, role: 'operator' });
    expect((await statuses(domainId))[0]).toBe('revoked');
  });

  it.each(['Admin token', 'Otto Operator'])(
    'of %s without the id of their creator are not valid',
    async (createdBy) => {
      const token = await rig.open(link);
      await rig.table.update(setupLinkKey(domainId, link.linkId), {
        set: { createdBy },
        remove: ['creatorId'],
      });
      expect(await rig.sessions.verify(token)).toBeUndefined();
    },
  );
});

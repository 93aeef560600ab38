import { newId } from '../../../shared/id';
import { AccountOffers, MAX_ACCOUNT_SENDS } from '../../../shared/service/setup-links/account-offers';
import type { SetupLinkAdmin } from '../../../shared/service/setup-links/setup-link-admin';
import { InvitationStore } from '../../../shared/store/administrators/invitation-store';
import type { Actor } from '../../../shared/store/audit/audit';
import { createTable } from '../../support/mail/mail-environment';
import { AdministratorsHarness, NO_ROLES, OPERATOR } from '../../support/service/administrators-harness';
import { RETENTION_DAYS } from '../../support/store/records';

const MINUTE_MS = 60_000;

let harness: AdministratorsHarness;
let offers: AccountOffers;
let links: SetupLinkAdmin;
let domainId: string;
let email: string;
beforeAll(async () => {
  harness = new AdministratorsHarness(await createTable());
  const now = () => new Date(harness.clock);
  const invitations = new InvitationStore(harness.table, RETENTION_DAYS);
  offers = new AccountOffers({ links: harness.links, invitations, now });
  links = harness.linkAdmin;
});
beforeEach(async () => {
  domainId = await harness.createDomain();
  email = `${newId()}@example.com`;
});

const newLink = async (actor: Actor = OPERATOR, to = email): Promise<string> =>
  `setup-link:${(await links.create(domainId, { email: to, accountRole: 'owner' }, actor)).linkId}`;
const request = (callerId: string, account: object = {}) =>
  offers.use(domainId, callerId, { email, role: 'owner', ...account }, () =>
    harness.invitations('no user pool').invite(domainId, { email, role: 'owner' }, OPERATOR),
  );
const statuses = async () =>
  Object.fromEntries((await links.list(domainId)).map((link) => [link.email, link.status]));

describe('the account that a setup link offers', () => {
  it('can be requested again while its invitation is open, but not without end', async () => {
    const link = await newLink();
    for (let sends = 0; sends < MAX_ACCOUNT_SENDS; sends++) {
      expect(await request(link)).toMatchObject({ email, role: 'owner' });
      harness.clock += MINUTE_MS;
    }
    await expect(request(link)).rejects.toMatchObject({ problem: 'conflict' });
    expect(await harness.invitations().list(domainId)).toHaveLength(1);
  });

  it('is that account alone', async () => {
    const link = await newLink();
    expect(await request(link, { role: 'viewer' })).toBeUndefined();
    expect(await request(link, { email: `other-${email}` })).toBeUndefined();
    expect(await request(`setup-link:${newId()}`)).toBeUndefined();
    expect(await harness.invitations().list(domainId)).toEqual([]);
  });

  it('is used up when the invitation was accepted, withdrawn, or replaced, or has expired', async () => {
    const ends = [
      async () => void (await harness.signIn({ id: newId(), email })),
      async (id: string) => harness.invitations('no user pool').withdraw(domainId, id, OPERATOR),
      async () => {
        harness.clock += MINUTE_MS;
        await harness.invitations('no user pool').invite(domainId, { email, role: 'viewer' }, OPERATOR);
      },
      () => Promise.resolve(void (harness.clock += 7 * 86_400_000)),
    ];
    for (const end of ends) {
      email = `${newId()}@example.com`;
      const link = await newLink();
      expect(await offers.of(domainId, link)).toEqual({ email, role: 'owner' });
      const invitation = await request(link);
      expect(await offers.of(domainId, link)).toEqual({ email, role: 'owner' });
      await end(invitation?.invitationId ?? '');
      harness.clock += MINUTE_MS;
      expect(await offers.of(domainId, link)).toBeUndefined();
      await expect(request(link)).rejects.toMatchObject({ problem: 'conflict' });
    }
  });

  it('is not used up by a request that failed', async () => {
    const link = await newLink();
    const fail = () => Promise.reject(new Error('Cognito is down'));
    for (let sends = 0; sends <= MAX_ACCOUNT_SENDS; sends++)
      await expect(offers.use(domainId, link, { email, role: 'owner' }, fail)).rejects.toThrow('is down');
    expect(await request(link)).toMatchObject({ email });
  });

  it('is sent once, if it is requested several times at once', async () => {
    const link = await newLink();
    await Promise.allSettled(Array.from({ length: 5 }, () => request(link)));
    expect(await harness.invitations().list(domainId)).toHaveLength(1);
    expect(harness.notified.filter((each) => each === email)).toHaveLength(1);
  });
});

describe('the setup links of a former owner', () => {
  let former: string;
  beforeEach(async () => {
    await harness.join(domainId, `last-${email}`, 'owner');
    former = await harness.join(domainId, email, 'owner');
  });

  it.each([
    ['a removal', () => harness.admin.remove(domainId, former, OPERATOR)],
    ['a demotion', () => harness.admin.setRole(domainId, former, 'viewer', OPERATOR)],
  ])(
    'end with %s: those to the address in any spelling, and those that the person created',
    async (_, end) => {
      const [own] = [await newLink(OPERATOR, email.toUpperCase())];
      await newLink({ kind: 'admin', id: former, name: email }, `created-${email}`);
      await newLink(OPERATOR, `other-${email}`);
      await end();
      expect(await statuses()).toEqual({
        [email.toUpperCase()]: 'revoked',
        [`created-${email}`]: 'revoked',
        [`other-${email}`]: 'pending',
      });
      expect(await offers.of(domainId, own ?? '')).toBeDefined();
      await expect(
        offers.use(domainId, own ?? '', { email: email.toUpperCase(), role: 'owner' }, () => {
          throw new Error('Nothing may be sent.');
        }),
      ).rejects.toMatchObject({ problem: 'conflict' });
    },
  );

  it('stay if nobody is removed', async () => {
    await newLink();
    const last = (await harness.admin.list(domainId)).find(
      ({ administratorId }) => administratorId !== former,
    );
    await harness.admin.remove(domainId, last?.administratorId ?? '', OPERATOR);
    await expect(harness.admin.remove(domainId, former, OPERATOR)).rejects.toThrow('last owner');
    expect(await statuses()).toEqual({ [email]: 'pending' });
  });

  it('do not return the role', async () => {
    await newLink();
    await harness.admin.remove(domainId, former, OPERATOR);
    expect(await harness.signIn({ id: former, email })).toEqual(NO_ROLES);
  });
});

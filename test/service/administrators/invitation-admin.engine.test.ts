import { AccountRefused, AccountsExhausted } from '../../../shared/accounts/user-pool-accounts';
import { newId } from '../../../shared/id';
import { MAX_ADMINISTRATORS } from '../../../shared/service/administrators/invitation-admin';
import {
  DOMAIN_INVITATIONS_PER_DAY,
  SEND_LIMITS,
} from '../../../shared/service/administrators/invitation-limits';
import { DEPLOYMENT } from '../../../shared/store/table/keys';
import { createTable } from '../../support/mail/mail-environment';
import { AdministratorsHarness, NO_ROLES, OPERATOR } from '../../support/service/administrators-harness';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;

let harness: AdministratorsHarness;
let domainId: string;
let email: string;
beforeAll(async () => {
  harness = new AdministratorsHarness(await createTable());
});
beforeEach(async () => {
  domainId = await harness.createDomain();
  email = `${newId()}@example.com`;
});

const invite = (input: object = {}, scope = domainId) =>
  harness.invitations().invite(scope, { email, role: 'viewer', ...input }, OPERATOR);
/** Invites many addresses at once, numbered from `first`. */
const inviteMany = (count: number, first = 0) =>
  Promise.allSettled(
    Array.from({ length: count }, (_, index) => invite({ email: `${first + index}-${email}` })),
  );
const invitations = async () => harness.invitations().list(domainId);

describe('an invitation', () => {
  it('creates an account, is valid for a week, is emailed, and is an event', async () => {
    const invitation = await invite({ email: ` ${email} `, role: 'owner', name: ' Ann ' });
    expect(await invitations()).toEqual([invitation]);
    expect(invitation).toMatchObject({
      email,
      role: 'owner',
      name: 'Ann',
      createdBy: 'operator',
      expireTime: new Date(harness.clock + WEEK_MS).toISOString(),
    });
    expect(harness.accounts.accounts.has(email)).toBe(true);
    expect(harness.notified).toContain(email);
    expect(await harness.events(domainId)).toMatchObject([
      { action: 'administrator.invited', resourceId: invitation.invitationId, resourceName: email },
    ]);
  });

  it('replaces an earlier one to the same address, but not within a minute', async () => {
    const first = await invite();
    await expect(invite({ email: email.toUpperCase() })).rejects.toMatchObject({
      problem: 'tooSoon',
      retryAfterSeconds: 60,
    });
    expect(await invitations()).toEqual([first]);
    harness.clock += MINUTE_MS;
    const second = await invite({ role: 'owner' });
    expect(await invitations()).toEqual([second]);
    expect((await harness.signIn({ id: newId(), email })).domains).toEqual({ [domainId]: 'owner' });
  });

  it('exists once, if an address is invited several times at once', async () => {
    await Promise.allSettled(Array.from({ length: 5 }, () => invite()));
    expect(await invitations()).toHaveLength(1);
  });

  it.each([
    [{ email: 'nobody' }, 'No email can be sent'],
    [{ email: 'Ann <ann@example.com>' }, 'No email can be sent'],
    [{ name: 'a\u202eb' }, 'without control characters'],
    [{ name: 'The service' }, 'reserved'],
    [{ name: '' }, '1 to 100 characters'],
  ])('with %j is refused, and changes nothing', async (input, message) => {
    await expect(invite(input)).rejects.toThrow(message);
    expect(await invitations()).toEqual([]);
    expect(harness.accounts.accounts.has(email)).toBe(false);
  });

  it('of somebody who is an administrator already is refused', async () => {
    await harness.join(domainId, email, 'viewer');
    await expect(invite({ role: 'owner' })).rejects.toMatchObject({
      problem: 'conflict',
      message: expect.stringContaining('already a viewer') as string,
    });
    expect(await invite({ role: 'operator' }, DEPLOYMENT)).toMatchObject({ role: 'operator' });
  });

  it('to a domain that does not exist is refused, and leaves no account', async () => {
    await expect(invite({}, newId())).rejects.toMatchObject({ problem: 'notFound' });
    expect(harness.accounts.accounts.has(email)).toBe(false);
  });

  it('that fails leaves the account to an invitation of another domain that was stored meanwhile', async () => {
    const other = await harness.createDomain();
    const create = harness.accounts.create.bind(harness.accounts);
    const spy = jest.spyOn(harness.accounts, 'create').mockImplementationOnce(async (address) => {
      const account = await create(address);
      await invite({}, other);
      return account;
    });
    await expect(invite({}, newId())).rejects.toMatchObject({ problem: 'notFound' });
    spy.mockRestore();
    const id = harness.accounts.accounts.get(email) ?? '';
    expect((await harness.signIn({ id, email })).domains).toEqual({ [other]: 'viewer' });
  });

  it('is stored although its email fails, and says so', async () => {
    harness.mailFailure = new Error('The templates cannot be read.');
    const { mailProblem, ...invitation } = await invite();
    harness.mailFailure = undefined;
    expect(mailProblem).toContain('could not be sent');
    expect(harness.errors.splice(0)).toHaveLength(1);
    expect(await invitations()).toEqual([invitation]);
    expect(harness.accounts.accounts.has(email)).toBe(true);
  });

  it('is limited by address, even if it is withdrawn each time', async () => {
    for (let sends = 0; sends < SEND_LIMITS.perDay; sends++) {
      const { invitationId } = await invite({ email: email.toUpperCase() });
      await harness.invitations().withdraw(domainId, invitationId, OPERATOR);
      await expect(invite()).rejects.toMatchObject({ problem: 'tooSoon' });
      harness.clock += MINUTE_MS;
    }
    await expect(invite()).rejects.toMatchObject({ problem: 'tooSoon' });
    expect(harness.accounts.accounts.has(email)).toBe(false);
    harness.clock += 24 * 60 * MINUTE_MS;
    expect(await invite()).toMatchObject({ email });
  });

  it('is limited by domain, if the user pool emails a password', async () => {
    const other = await harness.createDomain();
    const results = await inviteMany(DOMAIN_INVITATIONS_PER_DAY + 3);
    const refused = results.flatMap((each) => (each.status === 'rejected' ? [each.reason as Error] : []));
    expect(refused).toHaveLength(3);
    for (const error of refused)
      expect(error).toMatchObject({
        problem: 'tooSoon',
        message: expect.stringMatching(/20 invitations today/) as string,
      });
    expect(await invite({}, other)).toMatchObject({ email });
    await expect(invite({ email: `late-${email}` })).rejects.toMatchObject({ problem: 'tooSoon' });
    expect(harness.accounts.accounts.has(`late-${email}`)).toBe(false);
    harness.clock += MINUTE_MS;
    const { invitationId } = await harness
      .invitations('no user pool')
      .invite(domainId, { email: `late-${email}`, role: 'owner' }, OPERATOR);
    await harness.invitations().withdraw(domainId, invitationId, OPERATOR);
    harness.clock += DAY_MS;
    expect(await invite({ email: `late-${email}` })).toMatchObject({ email: `late-${email}` });
  });

  it('creates no account if the domain has used up its emails', async () => {
    harness.hasMails = false;
    await expect(invite()).rejects.toMatchObject({ problem: 'tooSoon' });
    harness.hasMails = true;
    expect(harness.accounts.accounts.has(email)).toBe(false);
  });

  it('says what to do if the quota of Cognito is used up', async () => {
    harness.accounts.failure = new AccountsExhausted('Exceeded daily email limit for the operation.');
    await expect(invite()).rejects.toMatchObject({
      problem: 'tooSoon',
      message: expect.stringContaining('daily quota') as string,
    });
  });

  it('of an address that Cognito refuses changes nothing', async () => {
    harness.accounts.failure = new AccountRefused('Username should be an email.');
    await expect(invite()).rejects.toMatchObject({ name: 'AdminError', problem: 'invalid' });
    expect(await invitations()).toEqual([]);
  });

  it(`is refused if there are ${MAX_ADMINISTRATORS} already`, async () => {
    for (let at = 0; at < MAX_ADMINISTRATORS; at += DOMAIN_INVITATIONS_PER_DAY) {
      await inviteMany(DOMAIN_INVITATIONS_PER_DAY, at);
      harness.clock += DAY_MS;
    }
    expect(await invitations()).toHaveLength(MAX_ADMINISTRATORS);
    await expect(invite()).rejects.toMatchObject({ problem: 'conflict' });
  });
});

describe('the account of an invitation', () => {
  const run = () => harness.checks.run();

  it('is deleted with the invitation', async () => {
    const { invitationId } = await invite();
    await harness.invitations().withdraw(domainId, invitationId, OPERATOR);
    expect(harness.accounts.accounts.has(email)).toBe(false);
    await expect(harness.invitations().withdraw(domainId, invitationId, OPERATOR)).rejects.toMatchObject({
      problem: 'notFound',
    });
  });

  it('stays as long as another invitation needs it', async () => {
    await invite();
    harness.clock += 3 * 86_400_000;
    await invite({}, await harness.createDomain());
    harness.clock += 4 * 86_400_000;
    await run();
    expect(harness.accounts.accounts.has(email)).toBe(true);
    harness.clock += 3 * 86_400_000;
    await run();
    expect(harness.accounts.accounts.has(email)).toBe(false);
  });

  it('is deleted with the last role, even if Cognito fails at first, and gets no role again', async () => {
    await harness.join(domainId, `owner-${email}`, 'owner');
    await invite();
    const id = harness.accounts.accounts.get(email) ?? '';
    await harness.signIn({ id, email });
    harness.clock += WEEK_MS;
    await run();
    expect(harness.accounts.accounts.get(email)).toBe(id);
    harness.accounts.failure = new Error('Cognito is down');
    await harness.admin.remove(domainId, id, OPERATOR);
    expect(harness.errors).toHaveLength(1);
    await invite();
    const next = harness.accounts.accounts.get(email);
    expect(next).not.toBe(id);
    expect(await harness.signIn({ id, email })).toEqual(NO_ROLES);
    expect((await harness.signIn({ id: next ?? '', email })).domains).toEqual({ [domainId]: 'viewer' });
  });

  it('is kept if it existed before', async () => {
    await harness.join(domainId, `owner-${email}`, 'owner');
    const { subject } = await harness.accounts.create(email);
    await invite();
    await harness.signIn({ id: subject, email });
    await harness.admin.remove(domainId, subject, OPERATOR);
    harness.clock += WEEK_MS;
    await run();
    expect(harness.accounts.accounts.get(email)).toBe(subject);
  });
});

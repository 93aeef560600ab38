import type { LicenseDetail } from '../../../../portal/src/api/schema';
import { uniqueName, replaceBody, userBody } from '../../../support/requests/bodies';
import { expectConsistent } from '../../../support/consistency/consistency';
import { exclusively } from '../../../support/system/exclusive';
import { provisionUser } from '../../../support/requests/provision-user';
import { injectSesFault } from '../../../support/system/ses-faults';
import { listMailsTo, waitForMail } from '../../../support/system/mails';
import { domainAdmin, type DomainClient, fireRule, createDomainClient } from '../../../support/system/system';
import { eventually } from '../../../support/jest/timeouts';
import { json, printed, scimLocal } from '../run-local';

const OPERATOR = { kind: 'admin', id: 'operator' } as const;

let domain: DomainClient;

beforeAll(async () => {
  domain = await createDomainClient();
});
afterAll(() => expectConsistent(domain.domainId));

const readLicense = (userId: string) => json<LicenseDetail>('license', 'show', domain.domainId, userId);

/** Waits until the email of the newest history entry has this status. */
async function waitForLastStatus(userId: string, status: string): Promise<void> {
  await eventually(`the email of ${userId} to be ${status}`, async () => {
    const [last] = (await readLicense(userId)).history;
    return last?.mail?.status === status;
  });
}

it('mail redrive requeues an email that SES rejected, license show has its history, and mail resend sends it again', async () => {
  const email = uniqueName();
  const { id } = await exclusively('redrive', async () => {
    await injectSesFault('MessageRejected', email);
    const user = await provisionUser(domain, userBody(email));
    await waitForLastStatus(user.id, 'failed');
    const shown = await printed('license', 'show', domain.domainId, user.id);
    expect(shown).toMatch(new RegExp(`^Email address +${email}$`, 'm'));
    expect(shown).toMatch(/^2\S+ +issued +scimKey test \(\S+…\) +failed .*MessageRejected/m);
    expect(await printed('mail', 'redrive')).toMatch(/^Emails due now +\d/m);
    return user;
  });
  await fireRule('MailOutbox');
  const [first] = await waitForMail(email);
  await waitForLastStatus(id, 'sent');

  expect(await printed('mail', 'resend', domain.domainId, id)).toBe('The email is sent within seconds.\n');
  const [, second] = await waitForMail(email, 2);
  expect(second?.body.text).toBe(first?.body.text);
  await waitForLastStatus(id, 'sent');
  const { history } = await readLicense(id);
  expect(history.map(({ what, by }) => [what, by?.kind])).toEqual([
    ['mailRequested', 'admin'],
    ['issued', 'scimKey'],
  ]);
  const { err } = await scimLocal(['license', 'show', domain.domainId, id, '--limit', '1']);
  expect(err).toMatch(/^There are more items/);
});

it('the first email is delayed by the domain setting, and is not sent if the user is deactivated by then', async () => {
  const delayedDomain = await createDomainClient();
  await (await domainAdmin()).updateDomain(delayedDomain.domainId, { mailDelayMinutes: 60 }, OPERATOR);
  const { id, path, userName } = await provisionUser(delayedDomain);
  const history = async () =>
    (await json<LicenseDetail>('license', 'show', delayedDomain.domainId, id)).history.map(
      ({ what, mail }) => [what, mail?.status],
    );
  await eventually('the email to be due', async () => (await history())[0]?.[1] === 'due');
  await delayedDomain.request('PATCH', path, replaceBody('active', false));
  await eventually('the deactivation in the history', async () => (await history()).length === 2);
  expect(await history()).toEqual([
    ['deactivated', undefined],
    ['issued', 'superseded'],
  ]);
  await fireRule('MailOutbox');
  expect(await listMailsTo(userName)).toEqual([]);
});

it('license replace-key asks first, replaces the key, and emails the new one', async () => {
  const { id, userName } = await provisionUser(domain);
  const [first] = await waitForMail(userName);
  const declined = await scimLocal(['license', 'replace-key', domain.domainId, id], { answers: ['n'] });
  expect(declined.code).not.toBe(0);
  const shown = await printed('license', 'replace-key', domain.domainId, id, '--yes');
  expect(shown).toMatch(/^License +active$/m);
  const [, second] = await waitForMail(userName, 2);
  expect(second?.subject).toMatch(/^Your new .* license key$/);
  expect(second?.body.text).not.toBe(first?.body.text);
  await waitForLastStatus(id, 'sent');
  expect((await readLicense(id)).history.map(({ what }) => what)).toEqual(['replaced', 'issued']);
  await domain.request('PATCH', `/Users/${id}`, replaceBody('active', false));
  await expect(printed('license', 'replace-key', domain.domainId, id, '--yes')).rejects.toThrow(
    /is inactive/,
  );
  expect(await printed('user', 'show', domain.domainId, id)).toMatch(/^Key kept until +\d{4}-/m);
});

it.each([
  ['license', 'show'],
  ['mail', 'resend'],
])('scim %s %s names the unknown user', async (...command) => {
  await expect(printed(...command, domain.domainId, 'nobody')).rejects.toThrow(/\bnobody\b/);
});

it('mail resend refuses a user whose license was never active', async () => {
  const { id } = await provisionUser(domain, userBody(uniqueName(), { active: false }));
  await expect(printed('mail', 'resend', domain.domainId, id)).rejects.toThrow(/was never active/);
});

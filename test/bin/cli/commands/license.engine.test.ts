import type { LicenseDetail } from '../../../../portal/src/api/schema';
import { uniqueName, replaceBody, userBody } from '../../../support/requests/bodies';
import { expectConsistent } from '../../../support/consistency/consistency';
import { exclusively } from '../../../support/system/exclusive';
import { provisionUser } from '../../../support/requests/provision-user';
import {
  domainAdmin,
  type DomainClient,
  fireRule,
  injectSesFault,
  listMailsTo,
  createDomainClient,
  waitForMail,
} from '../../../support/system/system';
import { eventually } from '../../../support/jest/timeouts';
import { json, printed, scimLocal } from '../run-local';

const OPERATOR = { kind: 'admin', id: 'operator' } as const;

let domain: DomainClient;

beforeAll(async () => {
  domain = await createDomainClient();
});
afterAll(() => expectConsistent(domain.domainId));

const read = (userId: string) => json<LicenseDetail>('license', 'show', domain.domainId, userId);

/** Waits until the newest entry of a history says so. */
async function untilLast(userId: string, status: string): Promise<void> {
  await eventually(`the email of ${userId} to be ${status}`, async () => {
    const [last] = (await read(userId)).history;
    return last?.mail?.status === status;
  });
}

it('a mail that SES rejected is put back by one command, shown with its history, and sent again on demand', async () => {
  const email = uniqueName();
  const { id } = await exclusively('redrive', async () => {
    await injectSesFault('MessageRejected', email);
    const user = await provisionUser(domain, userBody(email));
    await untilLast(user.id, 'failed');
    const shown = await printed('license', 'show', domain.domainId, user.id);
    expect(shown).toMatch(new RegExp(`^Email address +${email}$`, 'm'));
    expect(shown).toMatch(/^2\S+ +issued +scimKey test +failed .*MessageRejected/m);
    expect(await printed('mail', 'redrive')).toMatch(/^Emails due now +\d/m);
    return user;
  });
  await fireRule('MailOutbox');
  const [first] = await waitForMail(email);
  await untilLast(id, 'sent');

  expect(await printed('mail', 'resend', domain.domainId, id)).toBe('The email is sent within seconds.\n');
  const [, second] = await waitForMail(email, 2);
  expect(second?.body.text).toBe(first?.body.text);
  await untilLast(id, 'sent');
  const { history } = await read(id);
  expect(history.map(({ what, by }) => [what, by?.kind])).toEqual([
    ['mailRequested', 'admin'],
    ['issued', 'scimKey'],
  ]);
  const { err } = await scimLocal(['license', 'show', domain.domainId, id, '--limit', '1']);
  expect(err).toMatch(/^There are more items/);
});

it('the first mail waits as the domain wants it, and is not sent to somebody who has left by then', async () => {
  const later = await createDomainClient();
  await (await domainAdmin()).updateDomain(later.domainId, { mailDelayMinutes: 60 }, OPERATOR);
  const { id, path, userName } = await provisionUser(later);
  const history = async () =>
    (await json<LicenseDetail>('license', 'show', later.domainId, id)).history.map(({ what, mail }) => [
      what,
      mail?.status,
    ]);
  await eventually('the email to be due', async () => (await history())[0]?.[1] === 'due');
  await later.request('PATCH', path, replaceBody('active', false));
  await eventually('the deactivation in the history', async () => (await history()).length === 2);
  expect(await history()).toEqual([
    ['deactivated', undefined],
    ['issued', 'superseded'],
  ]);
  await fireRule('MailOutbox');
  expect(await listMailsTo(userName)).toEqual([]);
});

it.each([
  ['license', 'show'],
  ['mail', 'resend'],
])('%s %s says whom there is not', async (...command) => {
  await expect(printed(...command, domain.domainId, 'nobody')).rejects.toThrow(/\bnobody\b/);
});

it('does not send the mail of a user again who never had a license that was active', async () => {
  const { id } = await provisionUser(domain, userBody(uniqueName(), { active: false }));
  await expect(printed('mail', 'resend', domain.domainId, id)).rejects.toThrow(/was never active/);
});

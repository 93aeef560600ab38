import { randomUUID } from 'node:crypto';
import { isWellFormedLicenseKey } from '../../shared/license-key';
import { PATCH_OP, USER_SCHEMA } from '../../shared/scim/urns';
import { listMailsTo, waitForMail, type Mail } from '../support/system/mails';
import { planKill, createDomainClient, type DomainClient } from '../support/system/system';

let domain: DomainClient;

beforeAll(async () => {
  domain = await createDomainClient();
});

async function createUser(attributes: object = {}): Promise<{ path: string; email: string }> {
  const email = `jane-${randomUUID()}@example.com`;
  const response = await domain.request('POST', '/Users', {
    schemas: [USER_SCHEMA],
    userName: email,
    name: { givenName: 'Jane', familyName: 'Doe' },
    emails: [{ value: email, type: 'work', primary: true }],
    ...attributes,
  });
  expect(response.status).toBe(201);
  return { path: `/Users/${(response.body as { id: string }).id}`, email };
}

const setActive = (path: string, value: boolean) =>
  domain.request('PATCH', path, {
    schemas: [PATCH_OP],
    Operations: [{ op: 'replace', path: 'active', value }],
  });

const isNotice = ({ subject }: Mail): boolean => subject.includes('deactivated');
const keyInMail = (mail: Mail | undefined): string =>
  /\w{5}(-\w{5}){4}/.exec(mail?.body.text ?? '')?.[0] ?? '';

it('a user gets a key, a notice, the key again, and a notice, as the directory changes the account', async () => {
  const { path, email } = await createUser();
  await waitForMail(email, 1);
  await setActive(path, false);
  await waitForMail(email, 2);
  await setActive(path, true);
  await waitForMail(email, 3);
  await domain.request('DELETE', path);
  const mails = await waitForMail(email, 4);

  expect(mails.map(isNotice)).toEqual([false, true, false, true]);
  expect(mails[1]?.body.text).toContain('deactivated your Example Product account');
  expect(mails[3]?.body.text).toContain('deleted your Example Product account');
  const keys = [keyInMail(mails[0]), keyInMail(mails[2])];
  expect(keys.map(isWellFormedLicenseKey)).toEqual([true, true]);
  expect(keys[1]).toBe(keys[0]);
  expect(mails[2]?.subject).toContain('active again');
});

it('emails are in the language of the user, also after it changes', async () => {
  const { path, email } = await createUser({ preferredLanguage: 'de-AT', locale: 'en-US' });
  const [german] = await waitForMail(email, 1);
  expect(german?.subject).toBe('Ihr Lizenzschlüssel für Example Product');
  expect(german?.body.html).toContain('<html lang="de"');
  await domain.request('PATCH', path, {
    schemas: [PATCH_OP],
    Operations: [
      { op: 'remove', path: 'preferredLanguage' },
      { op: 'replace', path: 'active', value: false },
    ],
  });
  expect((await waitForMail(email, 2))[1]?.subject).toBe('Your Example Product license was deactivated');
});

it('the emails of changes in quick succession are sent in their order', async () => {
  const { path, email } = await createUser();
  await domain.request('DELETE', path);
  expect((await waitForMail(email, 2)).map(isNotice)).toEqual([false, true]);
});

it('a change of a name and the deletion of an inactive account send no email', async () => {
  const { path, email } = await createUser();
  await domain.request('PATCH', path, {
    schemas: [PATCH_OP],
    Operations: [{ op: 'replace', path: 'title', value: 'Engineer' }],
  });
  await setActive(path, false);
  await domain.request('DELETE', path);
  await waitForMail(email, 2);
  // A stream keeps the order. When the email of a later user has arrived, those of this user have too.
  await waitForMail((await createUser()).email);
  expect((await listMailsTo(email)).map(isNotice)).toEqual([false, true]);
});

it('every user gets a key even if the function is killed while it sends', async () => {
  const kill = await planKill('LicenseChanges', { eventContains: domain.domainId, writes: 4 });
  const users = await Promise.all(Array.from({ length: 12 }, () => createUser()));
  expect(await kill()).toBeGreaterThan(0);
  for (const { email } of users) {
    const mails = await waitForMail(email);
    // A second email is sent only if the function dies between the send and the mark.
    expect(mails.length).toBeLessThanOrEqual(2);
    expect(new Set(mails.map(keyInMail)).size).toBe(1);
  }
});

import { randomUUID } from 'node:crypto';
import { isWellFormedLicenseKey } from '../../shared/license-key';
import { PATCH_OP, USER_SCHEMA } from '../../shared/scim/urns';
import {
  planKill,
  listMailsTo,
  createDomainClient,
  waitForMail,
  type DomainClient,
  type Mail,
} from '../support/system/system';

let domain: DomainClient;

beforeAll(async () => {
  domain = await createDomainClient();
});

async function createUser(attributes: object = {}): Promise<{ path: string; email: string }> {
  const email = `jane-${randomUUID()}@example.com`;
  const answer = await domain.request('POST', '/Users', {
    schemas: [USER_SCHEMA],
    userName: email,
    name: { givenName: 'Jane', familyName: 'Doe' },
    emails: [{ value: email, type: 'work', primary: true }],
    ...attributes,
  });
  expect(answer.status).toBe(201);
  return { path: `/Users/${(answer.body as { id: string }).id}`, email };
}

const setActive = (path: string, value: boolean) =>
  domain.request('PATCH', path, {
    schemas: [PATCH_OP],
    Operations: [{ op: 'replace', path: 'active', value }],
  });

const isNotice = ({ subject }: Mail): boolean => subject.includes('deactivated');
const keyInMail = (mail: Mail | undefined): string =>
  /\w{5}(-\w{5}){4}/.exec(mail?.body.text ?? '')?.[0] ?? '';

it('a user is sent a key, a notice, a new key and a notice, as the directory switches the account', async () => {
  const { path, email } = await createUser();
  await waitForMail(email, 1);
  await setActive(path, false);
  await waitForMail(email, 2);
  await setActive(path, true);
  await waitForMail(email, 3);
  await domain.request('DELETE', path);
  const mails = await waitForMail(email, 4);

  expect(mails.map(isNotice)).toEqual([false, true, false, true]);
  expect(mails[1]?.body.text).toContain('switched off');
  expect(mails[3]?.body.text).toContain('deleted');
  const keys = [keyInMail(mails[0]), keyInMail(mails[2])];
  expect(keys.map(isWellFormedLicenseKey)).toEqual([true, true]);
  expect(keys[0]).not.toBe(keys[1]);
});

it('mails are in the language of the user, and after a change of it in another', async () => {
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

it('changes that follow at once are mailed in their order', async () => {
  const { path, email } = await createUser();
  await domain.request('DELETE', path);
  expect((await waitForMail(email, 2)).map(isNotice)).toEqual([false, true]);
});

it('a change of the name or the end of an inactive account is not mailed', async () => {
  const { path, email } = await createUser();
  await domain.request('PATCH', path, {
    schemas: [PATCH_OP],
    Operations: [{ op: 'replace', path: 'title', value: 'Engineer' }],
  });
  await setActive(path, false);
  await domain.request('DELETE', path);
  await waitForMail(email, 2);
  // Streams keep the order: when the mail of a later user is there, those of this one are too.
  await waitForMail((await createUser()).email);
  expect((await listMailsTo(email)).map(isNotice)).toEqual([false, true]);
});

it('every user is sent a key though the function is killed in the middle of its work', async () => {
  const kill = await planKill('LicenseChanges', { eventContains: domain.domainId, writes: 4 });
  const users = await Promise.all(Array.from({ length: 12 }, () => createUser()));
  expect(await kill()).toBe(1);
  for (const { email } of users) {
    const mails = await waitForMail(email);
    // A second one goes out only where the function died between the send and the mark.
    expect(mails.length).toBeLessThanOrEqual(2);
    expect(new Set(mails.map(keyInMail)).size).toBe(1);
  }
});

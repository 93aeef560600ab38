import { isWellFormedLicenseKey } from '../../../shared/license-key';
import { uniqueName, replaceBody, userBody } from '../../support/requests/bodies';
import { expectConsistent } from '../../support/consistency/consistency';
import { userWithLicense } from '../../support/consistency/domain-data';
import { provisionUser } from '../../support/requests/provision-user';
import { type Mail, listMailsTo, waitForMail } from '../../support/system/mails';
import { type DomainClient, createDomainClient, takeCapacity } from '../../support/system/system';
import { PRODUCT_USER_SCHEMA } from '../../support/scim/product';

let domain: DomainClient;
beforeAll(async () => {
  domain = await createDomainClient();
});
afterAll(() => expectConsistent(domain.domainId));

const licenseOf = async (id: string) => (await userWithLicense(domain.domainId, id)).license;
const keyInMail = ({ body }: Mail): string => /\w{5}(-\w{5}){4}/.exec(body.text ?? '')?.[0] ?? '';
const kindOf = ({ subject }: Mail): string => (subject.includes('deactivated') ? 'notice' : 'key');

/**
 * Fails unless exactly these emails arrive. Streams are ordered: the email of a later user arrives after
 * them.
 */
async function expectMails(address: string, ...kinds: readonly string[]): Promise<void> {
  await waitForMail(address, kinds.length);
  await waitForMail((await provisionUser(domain)).userName);
  expect((await listMailsTo(address)).map(kindOf)).toEqual(kinds);
}

describe('the license of a user', () => {
  it('is created with the user, and its key is sent by email', async () => {
    const { id, userName } = await provisionUser(domain);
    expect(await licenseOf(id)).toMatchObject({ status: 'active', email: userName, userType: 'Basic User' });
    const [mail] = await waitForMail(userName);
    expect(isWellFormedLicenseKey(keyInMail(mail!))).toBe(true);
    expect(mail?.body.html).toContain(keyInMail(mail!));
  });

  it.each([
    ['PATCH active false', 'PATCH', replaceBody('active', false), 'deactivated'],
    ['PATCH active "False", as Entra ID writes it', 'PATCH', replaceBody('active', 'False'), 'deactivated'],
    ['PUT active false', 'PUT', { active: false }, 'deactivated'],
    ['DELETE', 'DELETE', undefined, 'deleted'],
  ])('ends with %s in the transaction that changes the user, and a notice is sent', async (...row) => {
    const [, method, body, reason] = row;
    const user = userBody();
    const { id, path, userName } = await provisionUser(domain, user);
    await waitForMail(userName);
    await takeCapacity(domain.domainId);

    const response = await domain.request(method, path, method === 'PUT' ? { ...user, ...body } : body);

    expect(response.status).toBe(method === 'DELETE' ? 204 : 200);
    const { user: now, license } = await userWithLicense(domain.domainId, id);
    expect(now?.attributes.active).toBe(method === 'DELETE' ? undefined : false);
    expect(license).toMatchObject({ status: 'inactive', reason });
    const writes = (await takeCapacity(domain.domainId)).filter((record) =>
      record.function.includes('Users'),
    );
    expect(writes.filter(({ write }) => write > 0)).toMatchObject([{ operation: 'TransactWriteItems' }]);
    expect((await waitForMail(userName, 2)).map(kindOf)).toEqual(['key', 'notice']);
  });

  it('always matches the active state of its user while the user changes often', async () => {
    const { id, path } = await provisionUser(domain);
    let done = false;
    const observed: string[] = [];
    const watch = async () => {
      while (!done) {
        const { user, license } = await userWithLicense(domain.domainId, id);
        observed.push(`${user?.attributes.active === true} ${license?.status}`);
      }
    };
    const watching = watch();
    // On a busy machine, ten switches may pass between two observations.
    for (let switches = 0; switches < 10 || new Set(observed).size < 2; switches++) {
      await domain.request('PATCH', path, replaceBody('active', switches % 2 === 1));
    }
    done = true;
    await watching;
    expect([...new Set(observed)].sort()).toEqual(['false inactive', 'true active']);
  });

  it('keeps its key when it becomes active again, and each change has its email', async () => {
    const { path, userName } = await provisionUser(domain);
    // If the license changed again before an email was sent, the email would be left out.
    for (const [sent, active] of [false, true, false, true].entries()) {
      await waitForMail(userName, sent + 1);
      await domain.request('PATCH', path, replaceBody('active', active));
    }
    const mails = await waitForMail(userName, 5);
    expect(mails.map(kindOf)).toEqual(['key', 'notice', 'key', 'notice', 'key']);
    expect(new Set(mails.filter((mail) => kindOf(mail) === 'key').map(keyInMail)).size).toBe(1);
    expect(mails.filter(({ subject }) => subject.endsWith('license is active again'))).toHaveLength(2);
  });

  it('is sent once if the identity provider repeats the same state', async () => {
    const user = userBody();
    const { path, userName } = await provisionUser(domain, user);
    for (let times = 0; times < 3; times++) {
      await domain.request('PATCH', path, replaceBody('active', true));
      await domain.request('PUT', path, { ...user, active: true });
    }
    await expectMails(userName, 'key');
  });

  it('is inactive and not sent until the first activation of a user who is created inactive', async () => {
    const { id, path, userName } = await provisionUser(domain, userBody(uniqueName(), { active: false }));
    expect(await licenseOf(id)).toMatchObject({ status: 'inactive' });
    await expectMails(userName);
    await domain.request('PATCH', path, replaceBody('active', true));
    expect((await waitForMail(userName)).map(kindOf)).toEqual(['key']);
  });

  it('ends without a notice if the user was never active', async () => {
    const { id, path, userName } = await provisionUser(domain, userBody(uniqueName(), { active: 'False' }));
    expect((await domain.request('DELETE', path)).status).toBe(204);
    expect(await licenseOf(id)).toMatchObject({ status: 'inactive' });
    await expectMails(userName);
  });

  it.each([true, false])('does not change if a PUT omits active: %s', async (active) => {
    const body = userBody(uniqueName(), { active });
    const { id, path, userName } = await provisionUser(domain, body);
    const { active: _, ...without } = body as { userName: string; active?: boolean };
    const response = await domain.request('PUT', path, { ...without, title: 'Engineer' });
    expect(response.body).toMatchObject({ active, title: 'Engineer' });
    expect(await licenseOf(id)).toMatchObject({ status: active ? 'active' : 'inactive' });
    await expectMails(userName, ...(active ? ['key'] : []));
  });

  it('ends if PATCH removes active, which is then false', async () => {
    const { id, path, userName } = await provisionUser(domain);
    // A key whose email still waits needs no email anymore, and no notice.
    await waitForMail(userName);
    const response = await domain.request('PATCH', path, {
      Operations: [{ op: 'remove', path: 'active' }],
    });
    expect(response.body).toMatchObject({ active: false });
    expect(await licenseOf(id)).toMatchObject({ status: 'inactive', reason: 'deactivated' });
    expect((await waitForMail(userName, 2)).map(kindOf)).toEqual(['key', 'notice']);
  });

  it('is not sent again when the address changes, and the notice is sent to the new address', async () => {
    const { id, path, userName } = await provisionUser(domain);
    const moved = uniqueName('moved');
    await waitForMail(userName);
    await domain.request('PATCH', path, replaceBody('emails[type eq "work"].value', moved));
    expect(await licenseOf(id)).toMatchObject({ status: 'active', email: moved });
    await expectMails(moved);
    await domain.request('PATCH', path, replaceBody('active', false));
    expect((await waitForMail(moved)).map(kindOf)).toEqual(['notice']);
    await expectMails(userName, 'key');
  });

  it('has the user type of the user, also in its emails', async () => {
    const { id, path, userName } = await provisionUser(
      domain,
      userBody(uniqueName(), { [PRODUCT_USER_SCHEMA]: { nrUserType: 'Core User' } }),
    );
    expect(await licenseOf(id)).toMatchObject({ userType: 'Core User' });
    expect((await waitForMail(userName))[0]?.body.text).toContain('Core User');
    const response = await domain.request(
      'PATCH',
      path,
      replaceBody(`${PRODUCT_USER_SCHEMA}:nrUserType`, 'Full User'),
    );
    expect(response.body).toMatchObject({ [PRODUCT_USER_SCHEMA]: { nrUserType: 'Full User' } });
    expect(await licenseOf(id)).toMatchObject({ status: 'active', userType: 'Full User' });
    await domain.request('DELETE', path);
    const [, notice] = await waitForMail(userName, 2);
    expect(notice?.body.text).toContain('Full User');
  });

  it('is a new license if the user is created again after a deletion', async () => {
    const name = uniqueName();
    const first = await provisionUser(domain, userBody(name));
    await waitForMail(name, 1);
    await domain.request('DELETE', first.path);
    await waitForMail(name, 2);
    const second = await provisionUser(domain, userBody(name));
    expect(second.id).not.toBe(first.id);
    expect(await licenseOf(first.id)).toMatchObject({ status: 'inactive', reason: 'deleted' });
    expect(await licenseOf(second.id)).toMatchObject({ status: 'active' });
    const mails = await waitForMail(name, 3);
    expect(mails.map(kindOf)).toEqual(['key', 'notice', 'key']);
    expect(keyInMail(mails[0]!)).not.toBe(keyInMail(mails[2]!));
  });
});

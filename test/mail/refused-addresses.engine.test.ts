import { randomUUID } from 'node:crypto';
import { replaceBody, userBody } from '../support/requests/bodies';
import { provisionUser } from '../support/requests/provision-user';
import { eventually } from '../support/jest/timeouts';
import { adminClient } from '../support/system/admin-client';
import { injectSesFault } from '../support/system/ses-faults';
import { waitForMail } from '../support/system/mails';
import { createDomainClient, type DomainClient } from '../support/system/system';

interface ListedLicense {
  readonly email?: string;
  readonly mailProblem?: { readonly kind: string; readonly detail?: string };
}

let domain: DomainClient;
beforeEach(async () => {
  domain = await createDomainClient();
});

const admin = adminClient();

/** Returns the license of the only user, as the list of users shows it. */
async function listedLicense(): Promise<ListedLicense | undefined> {
  const { body } = await admin('GET', `/domains/${domain.domainId}/users`);
  return (body.items[0] as { license?: ListedLicense } | undefined)?.license;
}

/** Creates a user whose address SES refuses once, as in its sandbox. */
async function givenRefusedUser() {
  const address = `refused-${randomUUID()}@example.com`;
  await injectSesFault('MessageRejected', address);
  const user = await provisionUser(domain, userBody(address));
  await eventually('the refusal', async () => (await listedLicense())?.mailProblem !== undefined);
  return { ...user, address };
}

it('the list of users shows that SES refuses an address, until an email to it is sent', async () => {
  const { id, address } = await givenRefusedUser();
  const { mailProblem } = (await listedLicense()) ?? {};
  expect(mailProblem).toMatchObject({
    kind: 'refused',
    detail: expect.stringContaining('MessageRejected') as string,
  });
  const { user } = (await admin('GET', `/domains/${domain.domainId}/users/${id}`)).body;
  expect((user.license as ListedLicense).mailProblem).toEqual(mailProblem);
  // A refusal does not suppress the address, so the email can be requested again.
  expect((await admin('POST', `/domains/${domain.domainId}/users/${id}/resend-mail`)).status).toBe(202);
  await waitForMail(address);
  await eventually('the end of the refusal', async () => (await listedLicense())?.mailProblem === undefined);
});

it('a corrected address has no problem, and gets the key', async () => {
  const { path } = await givenRefusedUser();
  const corrected = `corrected-${randomUUID()}@example.com`;
  expect(
    (await domain.request('PATCH', path, replaceBody('emails', [{ value: corrected, primary: true }])))
      .status,
  ).toBe(200);
  expect(await listedLicense()).toMatchObject({ email: corrected });
  expect((await listedLicense())?.mailProblem).toBeUndefined();
  expect(await waitForMail(corrected)).toHaveLength(1);
});

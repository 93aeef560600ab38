import type { Administrator, Invitation, SetupLink } from '../../../../portal/src/api/schema';
import { uniqueName } from '../../../support/requests/bodies';
import { adminClient, idTokenFor } from '../../../support/system/admin-client';
import { waitForMail } from '../../../support/system/mails';
import { session } from '../../../support/system/system';
import { json, scimLocal } from '../run-local';

interface Initialized {
  readonly domain?: { readonly domainId: string; readonly created: boolean };
  readonly owner?: {
    readonly created?: boolean;
    readonly administrator?: Administrator;
    readonly invitation?: Invitation;
  };
  readonly setupLink?: { readonly link: SetupLink };
}

const newCustomer = (): string => uniqueName('Customer').replace('@', ' at ');

const invitationsTo = (domainId = ''): Promise<{ items: Invitation[] } | Invitation[]> =>
  json('administrator', 'invitations', domainId);

/** Signs in with the account that an invitation created, and so accepts the invitation. */
async function accept(email: string): Promise<string> {
  const response = await fetch(`${session().controlUrl}/accounts`);
  const { items } = (await response.json()) as { items: { id: string; email: string }[] };
  const id = items.find((account) => account.email === email)?.id ?? '';
  const token = await idTokenFor({ id, claims: { email, email_verified: true } });
  expect((await adminClient(token)('GET', '/me')).status).toBe(200);
  return id;
}

describe('scim init --owner', () => {
  it('invites the owner once, and reports the open invitation and then the owner', async () => {
    const [name, email] = [newCustomer(), uniqueName('owner')];
    const init = (owner: string) => json<Initialized>('init', '--domain', name, '--owner', owner);
    const first = await init(email);
    expect(first).toMatchObject({
      domain: { created: true },
      owner: { created: true, invitation: { email, role: 'owner', status: 'open' } },
    });
    expect(first.setupLink).toBeUndefined();
    const [mail] = await waitForMail(email);
    expect(mail?.body.text).toContain(`${session().portalUrl}/`);
    const invitations = await invitationsTo(first.domain?.domainId);

    // An address is compared as the service compares it.
    const repeated = await init(` ${email.toUpperCase()} `);
    expect(repeated).toMatchObject({
      domain: { domainId: first.domain?.domainId, created: false },
      owner: { created: false, invitation: { invitationId: first.owner?.invitation?.invitationId } },
    });
    expect(await invitationsTo(first.domain?.domainId)).toEqual(invitations);
    const said = await scimLocal(['init', '--domain', name, '--owner', email]);
    expect(said).toMatchObject({
      code: 0,
      err: expect.stringContaining('has an invitation as owner already') as string,
    });

    const administratorId = await accept(email);
    const accepted = await init(email);
    expect(accepted.owner).toMatchObject({ administrator: { administratorId, email, role: 'owner' } });
    const saidThen = await scimLocal(['init', '--domain', name, '--owner', email]);
    expect(saidThen).toMatchObject({
      code: 0,
      err: expect.stringContaining(`The owner exists: ${email}`) as string,
    });
  });

  it('reports a viewer with the address, and how to make this person an owner', async () => {
    const [name, email] = [newCustomer(), uniqueName('viewer')];
    const { domain } = await json<Initialized>('init', '--domain', name);
    await json('administrator', 'invite', domain?.domainId ?? '', email, '--role', 'viewer');
    const id = await accept(email);
    const { code, err } = await scimLocal(['init', '--domain', name, '--owner', email]);
    expect({ code, err }).toMatchObject({ code: 0 });
    expect(err).toContain(`${email} is a viewer of the domain`);
    expect(err).toContain(`administrator set-role ${domain?.domainId} ${id} owner`);
  });

  it('asks for the owner between the domain and the setup link, and an empty answer omits a step', async () => {
    const [owner, it] = [uniqueName('owner'), uniqueName('it')];
    const all = await scimLocal(['init'], { answers: [newCustomer(), owner, it] });
    expect(all.code).toBe(0);
    expect(all.err).toContain(`Invited the owner: ${owner}`);
    expect(all.out).toContain('/setup#');
    const onlyLink = await scimLocal(['init'], { answers: [newCustomer(), '', it] });
    expect(onlyLink).toMatchObject({ code: 0, out: expect.stringContaining('/setup#') as string });
    expect(onlyLink.err).not.toContain('Invited the owner');
    const onlyOwner = await scimLocal(['init'], { answers: [newCustomer(), owner, ''] });
    expect(onlyOwner).toMatchObject({ code: 0, err: expect.stringContaining('Invited the owner') as string });
    expect(onlyOwner.out).not.toContain('/setup#');
  });

  it('refuses something that is no address, and can be repeated with the right one', async () => {
    const [name, email] = [newCustomer(), uniqueName('owner')];
    const refused = await scimLocal(['init', '--domain', name, '--owner', 'nobody', '--setup-link', email]);
    expect(refused.code).not.toBe(0);
    expect(refused.out).not.toContain('/setup#');
    const { domain, owner } = await json<Initialized>('init', '--domain', name, '--owner', email);
    expect({ domain, owner }).toMatchObject({ domain: { created: false }, owner: { created: true } });
  });
});

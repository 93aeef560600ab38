import { newId } from '../../../shared/id';
import { acceptInvitation } from '../../../shared/service/administrators/accept-invitation';
import { setupLinkCallerId } from '../../../shared/service/credentials/caller-identity';
import type { Actor } from '../../../shared/store/audit/audit';
import { mappedRoleKey } from '../../../shared/store/table/administrator-keys';
import { DEPLOYMENT, setupLinkKey } from '../../../shared/store/table/keys';
import { VersionConflict } from '../../../shared/store/table/operations/transaction';
import { createTable } from '../../support/mail/mail-environment';
import { AdministratorsHarness, NO_ROLES, OPERATOR } from '../../support/service/administrators-harness';

let harness: AdministratorsHarness;
let domainId: string;
let operator: Actor & { readonly id: string };
let email: string;
beforeAll(async () => {
  harness = new AdministratorsHarness(await createTable());
});
beforeEach(async () => {
  domainId = await harness.createDomain();
  operator = await harness.newOperator();
  email = `${newId()}@example.com`;
});

const ownerOf = (of = domainId) => ({ operator: false, domains: { [of]: 'owner' } });
const invite = (actor: Actor = operator, scope = domainId, role: 'owner' | 'operator' = 'owner') =>
  harness.invitations('no user pool').invite(scope, { email, role }, actor);
const accept = () => harness.signIn({ id: newId(), email });
const removeOperator = () => harness.admin.remove(DEPLOYMENT, operator.id, OPERATOR);
const statuses = async (scope = domainId) =>
  (await harness.invitations().list(scope)).map(({ isWithdrawn = false }) => isWithdrawn);

describe('an invitation to a domain that an operator sent', () => {
  it('can be accepted while the operator is one', async () => {
    await invite();
    expect(await statuses()).toEqual([false]);
    expect(await accept()).toEqual(ownerOf());
  });

  it('has no effect after the removal of the operator, and is withdrawn when it is used', async () => {
    await invite();
    await removeOperator();
    expect(await statuses()).toEqual([true]);
    expect(await accept()).toEqual(NO_ROLES);
    expect(await statuses()).toEqual([]);
    expect((await harness.events(domainId)).at(-1)).toMatchObject({
      action: 'administrator.invitationWithdrawn',
      resourceName: email,
      actor: { kind: 'system', name: 'creator check' },
      changes: [{ attribute: 'role', before: 'owner' }],
    });
  });

  it('has no effect if its request was still running when the operator was removed', async () => {
    await removeOperator();
    await invite();
    expect(await accept()).toEqual(NO_ROLES);
  });

  it('can be replaced by another administrator', async () => {
    await invite();
    await removeOperator();
    harness.clock += 60_000;
    await invite(OPERATOR);
    expect(await statuses()).toEqual([false]);
    expect(await accept()).toEqual(ownerOf());
  });

  it('stays valid in the domains that the former operator owns, and in no other', async () => {
    const other = await harness.createDomain();
    operator = await harness.newOperator(domainId);
    await invite(operator, domainId);
    await invite(operator, other);
    await removeOperator();
    expect(await accept()).toEqual(ownerOf());
    expect(await statuses(other)).toEqual([]);
  });

  it.each([
    ['an owner', 'owner', () => ownerOf()],
    ['a viewer', 'viewer', () => NO_ROLES],
  ] as const)('depends on the role if a mapping makes the former operator %s', async (_, role, expected) => {
    await invite();
    await harness.table.put({ ...mappedRoleKey(operator.id, domainId, newId()), role });
    await removeOperator();
    expect(await accept()).toEqual(expected());
  });

  it('is checked by the write that accepts it', async () => {
    const invitation = await invite();
    const id = newId();
    const creators = {
      // The operator is removed right after the role was read.
      checksOfInvitation: async () => {
        const checks = await harness.parts.creators.checksOfInvitation(invitation);
        await removeOperator();
        return checks;
      },
    };
    const user = { id, email, roles: NO_ROLES };
    await expect(
      acceptInvitation({ ...harness.parts, creators }, { user, invitation, maxRoles: 100 }),
    ).rejects.toThrow(VersionConflict);
    expect((await harness.store.read(id)).roles).toEqual([]);
  });
});

it('an invitation of an operator by a removed operator has no effect, also if it was sent during the removal', async () => {
  await removeOperator();
  await invite(operator, DEPLOYMENT, 'operator');
  expect(await accept()).toEqual(NO_ROLES);
});

it('an invitation by the admin token depends on nobody', async () => {
  await invite(OPERATOR);
  await removeOperator();
  expect(await accept()).toEqual(ownerOf());
});

describe('an invitation that the setup link of an operator sent', () => {
  let sent: { readonly linkId: string };
  beforeEach(async () => {
    sent = await harness.linkAdmin.create(domainId, { email, accountRole: 'owner' }, operator);
    await invite({ kind: 'admin', id: setupLinkCallerId(sent.linkId), name: email });
  });

  it('can be accepted while the operator is one', async () => {
    expect(await accept()).toEqual(ownerOf());
  });

  it('has no effect after the removal of the operator', async () => {
    await removeOperator();
    expect(await accept()).toEqual(NO_ROLES);
  });

  it('has no effect if the link is not stored anymore', async () => {
    await harness.table.delete(setupLinkKey(domainId, sent.linkId));
    expect(await accept()).toEqual(NO_ROLES);
  });
});

import { newId } from '../../../shared/id';
import type { Json } from '../../../shared/scim/resource';
import { KEY_GRACE_DAYS, useKeyGraceHarness } from '../../support/service/key-grace-harness';
import { activate } from '../../support/service/seats-harness';
import { PRODUCT_USER_SCHEMA } from '../../support/scim/product';

const harness = useKeyGraceHarness();

describe('a license that becomes active again', () => {
  it.each([0, 1, KEY_GRACE_DAYS - 1])('after %d days keeps its key, in one transaction', async (days) => {
    const user = await harness.create();
    const before = await harness.activationOf(user);
    await harness.setActive(user, false);
    harness.passDays(days);
    expect(await harness.setActive(user, true)).toBe(1);
    const license = await harness.licenseOf(user);
    expect(license).toMatchObject({ status: 'active', activationId: before });
    expect(license.changeId).not.toBe(before);
    expect(license.endedAt).toBeUndefined();
    expect(license.keptActivationId).toBeUndefined();
  });

  it.each([KEY_GRACE_DAYS, KEY_GRACE_DAYS + 1, 500])(
    'after %d days has a new key, in one transaction',
    async (days) => {
      const user = await harness.create();
      const before = await harness.activationOf(user);
      await harness.setActive(user, false);
      harness.passDays(days);
      expect(await harness.setActive(user, true)).toBe(1);
      const { activationId, changeId } = await harness.licenseOf(user);
      expect(activationId).not.toBe(before);
      expect(activationId).toBe(changeId);
    },
  );

  it('after the period has a new key, even if the user has changed within it', async () => {
    const user = await harness.create();
    const before = await harness.activationOf(user);
    await harness.setActive(user, false);
    harness.passDays(KEY_GRACE_DAYS - 5);
    await harness.users().patch(user.id, { Operations: [{ op: 'add', path: 'title', value: 'Countess' }] });
    harness.passDays(6);
    expect(await harness.setActive(user, true)).toBe(2);
    expect(await harness.activationOf(user)).not.toBe(before);
  });

  it('within the period keeps its key, whatever else the user was or is', async () => {
    const user = await harness.create();
    const before = await harness.activationOf(user);
    await harness.users().replace(user.id, { userName: `${newId()}@example.com`, active: false });
    harness.passDays(3);
    const type = { [PRODUCT_USER_SCHEMA]: { nrUserType: 'Full User' } };
    await harness.users().replace(user.id, { userName: `${newId()}@example.com`, active: true, ...type });
    expect(await harness.licenseOf(user)).toMatchObject({ activationId: before, userType: 'Full User' });
  });

  it('counts the days from the last end', async () => {
    const user = await harness.create();
    const before = await harness.activationOf(user);
    for (let times = 0; times < 4; times++) {
      await harness.setActive(user, false);
      harness.passDays(KEY_GRACE_DAYS - 1);
      await harness.setActive(user, true);
      harness.passDays(KEY_GRACE_DAYS + 1);
    }
    expect(await harness.activationOf(user)).toBe(before);
  });

  it('always has a new key if the period is 0 days', async () => {
    const user = await harness.create();
    const before = await harness.activationOf(user);
    await harness.setActive(user, false, 0);
    expect(await harness.setActive(user, true, 0)).toBe(1);
    const second = await harness.activationOf(user);
    expect(second).not.toBe(before);
    // The period was 0 days when the first key ended. It stays replaced.
    await harness.setActive(user, false);
    await harness.setActive(user, true);
    expect(await harness.activationOf(user)).toBe(second);
  });

  it('has its first key if it was never active', async () => {
    const user = await harness.create({ active: false });
    expect(await harness.setActive(user, true)).toBe(1);
    const { activationId, changeId } = await harness.licenseOf(user);
    expect(activationId).toBe(changeId);
    const late = await harness.create({ active: false });
    harness.passDays(KEY_GRACE_DAYS + 1);
    expect(await harness.setActive(late, true)).toBe(1);
    expect(await harness.activationOf(late)).toBeDefined();
  });

  it('has a new key if the previous version of the service ended it', async () => {
    const user = await harness.create();
    const before = await harness.activationOf(user);
    await harness.setActive(user, false);
    await harness.forgetEnd(user);
    expect(await harness.setActive(user, true)).toBe(1);
    const after = await harness.activationOf(user);
    expect(after).not.toBe(before);
    await harness.setActive(user, false);
    await harness.setActive(user, true);
    expect(await harness.activationOf(user)).toBe(after);
  });

  it('is another license if the user was deleted and created again', async () => {
    const user = await harness.create();
    await harness.users().delete(user.id);
    const again = await harness.users().create({ userName: user.userName } as Json);
    expect(await harness.activationOf(again)).not.toBe(await harness.activationOf(user));
    expect(await harness.licenseOf(user)).not.toHaveProperty('keptActivationId', expect.anything());
  });

  it.each(['lostAnswer', 'conflict', 'inProgress'] as const)(
    'keeps its key if the write meets the fault %s',
    async (kind) => {
      const user = await harness.create();
      const before = await harness.activationOf(user);
      for (const active of [false, true]) {
        harness.front.injectFaults('TransactWriteItems', { kind });
        await harness.setActive(user, active);
      }
      expect(await harness.activationOf(user)).toBe(before);
    },
  );

  it('is consistent if many requests switch it at the same time', async () => {
    const user = await harness.create();
    const before = await harness.activationOf(user);
    await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        harness
          .users()
          .patch(user.id, activate(at % 2 === 0))
          .catch(() => 0),
      ),
    );
    await harness.users().patch(user.id, activate(true));
    expect(await harness.activationOf(user)).toBe(before);
  });
});

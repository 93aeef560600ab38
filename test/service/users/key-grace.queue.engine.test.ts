import type { Resource } from '../../../shared/scim/resource';
import { KEY_GRACE_DAYS, useKeyGraceHarness } from '../../support/service/key-grace-harness';

const harness = useKeyGraceHarness();

describe('a license in its grace period', () => {
  let other: Resource;
  beforeEach(async () => {
    await harness.setSeats(1);
    other = await harness.create();
  });

  /** Returns a user whose license has ended, while the other user has the seat. */
  async function endedUser(): Promise<Resource> {
    await harness.setActive(other, false);
    const user = await harness.create();
    await harness.setActive(user, false);
    await harness.setActive(other, true);
    return user;
  }

  it('has no seat', async () => {
    const user = await endedUser();
    expect(await harness.licenseOf(other)).toMatchObject({ status: 'active' });
    await harness.setActive(user, true);
    expect(await harness.licenseOf(user)).toMatchObject({ status: 'pending' });
  });

  it.each([1, 500])('keeps its key if it gets a seat after %d days in the queue', async (days) => {
    const user = await endedUser();
    const before = await harness.activationOf(user);
    harness.passDays(KEY_GRACE_DAYS - 1);
    await harness.setActive(user, true);
    harness.passDays(days);
    await harness.setActive(other, false);
    expect(await harness.promote()).toEqual({ promoted: 1, finished: true });
    expect(await harness.licenseOf(user)).toMatchObject({ status: 'active', activationId: before });
  });

  it('has a new key if it enters the queue after the period', async () => {
    const user = await endedUser();
    const before = await harness.activationOf(user);
    harness.passDays(KEY_GRACE_DAYS + 1);
    await harness.setActive(user, true);
    await harness.setActive(other, false);
    await harness.promote();
    const { activationId, changeId } = await harness.licenseOf(user);
    expect(activationId).not.toBe(before);
    expect(activationId).toBe(changeId);
  });

  it.each([
    ['keeps its key within the period', 10, true],
    ['has a new key after it', KEY_GRACE_DAYS + 1, false],
  ])('and that leaves the queue %s of its end', async (_, days, isKept) => {
    const user = await endedUser();
    const before = await harness.activationOf(user);
    await harness.setActive(user, true);
    harness.passDays(days);
    await harness.setActive(user, false);
    await harness.setActive(other, false);
    await harness.setActive(user, true);
    const license = await harness.licenseOf(user);
    expect(license.status).toBe('active');
    expect(license.activationId === before).toBe(isKept);
  });

  it('has a new key if it left the queue that it entered after the period', async () => {
    const user = await endedUser();
    const before = await harness.activationOf(user);
    harness.passDays(KEY_GRACE_DAYS + 1);
    await harness.setActive(user, true);
    await harness.setActive(user, false);
    await harness.setActive(other, false);
    await harness.setActive(user, true);
    expect(await harness.activationOf(user)).not.toBe(before);
  });

  it('has a new key if the previous version put it into the queue', async () => {
    const user = await endedUser();
    const before = await harness.activationOf(user);
    await harness.setActive(user, true);
    await harness.forgetEnd(user);
    await harness.setActive(other, false);
    await harness.promote();
    expect(await harness.activationOf(user)).not.toBe(before);
  });
});

import {
  toAdminToken,
  AdminTokenVerifier,
  hasAdminTokenPrefix,
} from '../../../shared/service/credentials/admin-token';

const OLD = 'A'.repeat(48);
const NEW = 'B'.repeat(48);

/** A check, the secret that it reads, and its clock. */
function createTokenCheck() {
  const state = { secret: OLD, now: 0, reads: 0 };
  const check = new AdminTokenVerifier(
    () => {
      state.reads++;
      return Promise.resolve(state.secret);
    },
    () => state.now,
  );
  return { state, check };
}

describe('AdminTokenCheck', () => {
  it('takes the token of the secret, and no other', async () => {
    const { check } = createTokenCheck();
    expect(await check.matches(toAdminToken(OLD))).toBe(true);
    for (const other of [toAdminToken(NEW), OLD, toAdminToken(''), `${toAdminToken(OLD)}A`])
      expect(await check.matches(other)).toBe(false);
  });

  it('reads the secret once a minute, however many requests come', async () => {
    const { check, state } = createTokenCheck();
    for (state.now = 0; state.now < 60_000; state.now += 5_000) await check.matches(toAdminToken(OLD));
    expect(state.reads).toBe(1);
  });

  it('takes a new token at once, and refuses the one before from then on', async () => {
    const { check, state } = createTokenCheck();
    await check.matches(toAdminToken(OLD));
    Object.assign(state, { secret: NEW, now: 2_000 });
    expect(await check.matches(toAdminToken(NEW))).toBe(true);
    expect(await check.matches(toAdminToken(OLD))).toBe(false);
  });

  it('refuses the one before after a minute, though nobody came with the new one', async () => {
    const { check, state } = createTokenCheck();
    await check.matches(toAdminToken(OLD));
    Object.assign(state, { secret: NEW, now: 59_999 });
    expect(await check.matches(toAdminToken(OLD))).toBe(true);
    state.now = 60_000;
    expect(await check.matches(toAdminToken(OLD))).toBe(false);
  });

  it('does not read the secret for every guess', async () => {
    const { check, state } = createTokenCheck();
    for (let guess = 0; guess < 100; guess++) await check.matches(toAdminToken(String(guess)));
    expect(state.reads).toBe(1);
  });

  it('throws where the secret cannot be read, and reads it again for the next request', async () => {
    let reads = 0;
    const check = new AdminTokenVerifier(() =>
      reads++ === 0 ? Promise.reject(new Error('no')) : Promise.resolve(OLD),
    );
    await expect(check.matches(toAdminToken(OLD))).rejects.toThrow('no');
    expect(await check.matches(toAdminToken(OLD))).toBe(true);
  });
});

it('an admin token is known by how it begins', () => {
  expect(hasAdminTokenPrefix(toAdminToken(OLD))).toBe(true);
  expect(hasAdminTokenPrefix('scim_01890000')).toBe(false);
});

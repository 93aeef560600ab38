import {
  toAdminToken,
  AdminTokenVerifier,
  hasAdminTokenPrefix,
} from '../../../shared/service/credentials/admin-token';

const OLD = 'A'.repeat(48);
const NEW = 'B'.repeat(48);

/** Creates a verifier whose secret and clock the test controls. */
function createVerifier() {
  const state = { texts: [OLD], now: 0, reads: 0 };
  const verifier = new AdminTokenVerifier(
    () => {
      state.reads++;
      return Promise.resolve(state.texts);
    },
    () => new Date(state.now),
  );
  return { state, verifier };
}

describe('AdminTokenVerifier', () => {
  it('accepts the token of the secret, and no other', async () => {
    const { verifier } = createVerifier();
    expect(await verifier.matches(toAdminToken(OLD))).toBe(true);
    for (const other of [toAdminToken(NEW), OLD, toAdminToken(''), `${toAdminToken(OLD)}A`])
      expect(await verifier.matches(other)).toBe(false);
  });

  it('reads the secret at most once a minute', async () => {
    const { verifier, state } = createVerifier();
    for (state.now = 0; state.now < 60_000; state.now += 5_000) await verifier.matches(toAdminToken(OLD));
    expect(state.reads).toBe(1);
  });

  it('accepts a new token immediately, and then refuses the old one', async () => {
    const { verifier, state } = createVerifier();
    await verifier.matches(toAdminToken(OLD));
    Object.assign(state, { texts: [NEW], now: 2_000 });
    expect(await verifier.matches(toAdminToken(NEW))).toBe(true);
    expect(await verifier.matches(toAdminToken(OLD))).toBe(false);
  });

  it('refuses the old token after a minute, even if the new one was not used', async () => {
    const { verifier, state } = createVerifier();
    await verifier.matches(toAdminToken(OLD));
    Object.assign(state, { texts: [NEW], now: 59_999 });
    expect(await verifier.matches(toAdminToken(OLD))).toBe(true);
    state.now = 60_000;
    expect(await verifier.matches(toAdminToken(OLD))).toBe(false);
  });

  it('accepts the former token as long as the secret has it', async () => {
    const { verifier, state } = createVerifier();
    await verifier.matches(toAdminToken(OLD));
    Object.assign(state, { texts: [NEW, OLD], now: 2_000 });
    for (const text of [NEW, OLD]) expect(await verifier.matches(toAdminToken(text))).toBe(true);
    state.now = 62_000;
    expect(await verifier.matches(toAdminToken(OLD))).toBe(true);
    Object.assign(state, { texts: [NEW], now: 122_000 });
    expect(await verifier.matches(toAdminToken(OLD))).toBe(false);
  });

  it('does not read the secret for every guess', async () => {
    const { verifier, state } = createVerifier();
    for (let guess = 0; guess < 100; guess++) await verifier.matches(toAdminToken(String(guess)));
    expect(state.reads).toBe(1);
  });

  it('throws if the secret cannot be read, and reads it again for the next request', async () => {
    let reads = 0;
    const verifier = new AdminTokenVerifier(() =>
      reads++ === 0 ? Promise.reject(new Error('no')) : Promise.resolve([OLD]),
    );
    await expect(verifier.matches(toAdminToken(OLD))).rejects.toThrow('no');
    expect(await verifier.matches(toAdminToken(OLD))).toBe(true);
  });
});

it('recognizes an admin token by its prefix', () => {
  expect(hasAdminTokenPrefix(toAdminToken(OLD))).toBe(true);
  expect(hasAdminTokenPrefix('scim_01890000')).toBe(false);
});

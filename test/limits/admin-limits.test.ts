import {
  ADMIN_CALLERS,
  type AdminCallerKind,
  adminUsageKey,
  adminUsageKeyOf,
} from '../../shared/limits/admin-limits';

const PREFIX = 'scim-admin-api-prod';
const DEPLOYMENT = { salt: 'salt', prefix: PREFIX };

const kinds = Object.keys(ADMIN_CALLERS) as AdminCallerKind[];
const callers = Array.from({ length: 1_000 }, (_, at) => `user-${at}`);

describe('the API key of a caller of the admin API', () => {
  it('is always the same', () => {
    const keys = () => callers.map((caller) => adminUsageKey('user', caller, DEPLOYMENT));
    expect(keys()).toEqual(keys());
  });

  it.each(kinds)('is one of the keys of the kind %s', (kind) => {
    const { shares } = ADMIN_CALLERS[kind];
    const used = new Set(callers.map((caller) => adminUsageKey(kind, caller, DEPLOYMENT)));
    expect([...used].sort()).toEqual(
      Array.from({ length: shares }, (_, share) => adminUsageKeyOf(kind, share, PREFIX)).sort(),
    );
  });

  it('depends on the salt, so that outsiders cannot find who shares an allowance', () => {
    const same = callers.filter(
      (caller) =>
        adminUsageKey('user', caller, DEPLOYMENT) ===
        adminUsageKey('user', caller, { ...DEPLOYMENT, salt: 'other' }),
    );
    expect(same.length).toBeLessThan(callers.length / 8);
  });

  it('is different for each kind of caller', () => {
    expect(new Set(kinds.map((kind) => adminUsageKey(kind, 'ada', DEPLOYMENT))).size).toBe(kinds.length);
  });
});

import { licenseWrite, type LicenseHolder } from '../../shared/store/license-write';

const AT = '2026-03-01T12:00:00.000Z';
const HOLDER: LicenseHolder = {
  email: 'jane.doe@example.com',
  userName: 'jane',
  name: 'Jane Doe',
  userType: 'Core User',
};

/** What the write sets and removes, by attribute. */
function effect(...args: Parameters<typeof licenseWrite>): {
  set: Record<string, unknown>;
  removed: string[];
} {
  const { Update } = licenseWrite(...args);
  const names: Record<string, string> = Update?.ExpressionAttributeNames ?? {};
  const values: Record<string, unknown> = Update?.ExpressionAttributeValues ?? {};
  const [sets = '', removes = ''] = (Update?.UpdateExpression ?? '').split(' REMOVE ');
  const assigned = [...sets.matchAll(/(#\w+) = (:\w+)/g)];
  return {
    set: Object.fromEntries(assigned.map(([, name = '', value = '']) => [names[name] ?? '', values[value]])),
    removed: [...removes.matchAll(/#\w+/g)].map(([name]) => names[name] ?? ''),
  };
}

describe('licenseWrite', () => {
  it('names the holder and the activation, and forgets why the license ended before', () => {
    expect(effect('d', 'u', AT, HOLDER, { status: 'active', changeId: 'c', activationId: 'c' })).toEqual({
      set: {
        domainId: 'd',
        userId: 'u',
        ...HOLDER,
        status: 'active',
        changeId: 'c',
        activationId: 'c',
        changedAt: AT,
      },
      removed: ['reason'],
    });
  });

  it('keeps the holder of a license whose user is deleted', () => {
    expect(effect('d', 'u', AT, undefined, { status: 'inactive', changeId: 'c', reason: 'deleted' })).toEqual(
      {
        set: {
          domainId: 'd',
          userId: 'u',
          status: 'inactive',
          changeId: 'c',
          reason: 'deleted',
          changedAt: AT,
        },
        removed: [],
      },
    );
  });

  it('names no change where the license never was active', () => {
    expect(effect('d', 'u', AT, HOLDER, { status: 'inactive' }).set).not.toHaveProperty('changeId');
  });

  it('takes away the name of a holder who has none any more', () => {
    const { name: _, ...nameless } = HOLDER;
    expect(effect('d', 'u', AT, nameless, undefined)).toEqual({
      set: { domainId: 'd', userId: 'u', ...nameless },
      removed: ['name'],
    });
  });
});

import {
  ignoredFindings,
  unknownMemberFindings,
  refusedFindings,
} from '../../../../shared/service/diagnostics/findings/request-findings';
import type {
  IgnoredAttribute,
  UnknownMembers,
  RefusedRequests,
} from '../../../../shared/store/diagnostics/diagnostic';

const at = (hour: number): string => new Date(Date.UTC(2026, 2, 1, hour)).toISOString();
const all = <T>(...entries: T[]) => ({ entries, more: false });

describe('refused requests', () => {
  const refused = (count: number, hour: number, more: Partial<RefusedRequests> = {}): RefusedRequests => ({
    method: 'PATCH',
    route: '/Users/{id}',
    status: 400,
    scimType: 'invalidPath',
    userAgent: 'Okta',
    detail: `at ${hour}`,
    count,
    lastAt: at(hour),
    ...more,
  });

  it('are no finding if there are none', () => expect(refusedFindings(all())).toEqual([]));

  it('are added up by error and client over all hours, the most frequent first', () => {
    const conflict = { method: 'POST', route: '/Users', status: 409, scimType: 'uniqueness' };
    const [finding] = refusedFindings(
      all(refused(1, 11), refused(2, 9), refused(5, 10, conflict), refused(1, 8, { userAgent: undefined })),
    );
    expect(finding).toMatchObject({
      code: 'requests-refused',
      severity: 'warning',
      found:
        '9 requests of the last 24 hours were refused as invalid: 5 × POST /Users with 409 uniqueness, ' +
        '3 × PATCH /Users/{id} with 400 invalidPath and 1 × PATCH /Users/{id} with 400 invalidPath.',
    });
    expect(finding?.details).toMatchObject([
      { requests: 5, status: 409 },
      { requests: 3, userAgent: 'Okta', lastAt: at(11), detail: 'at 11' },
      { requests: 1, userAgent: null },
    ]);
  });

  it('are described without a scimType if they have none', () => {
    const [finding] = refusedFindings(all(refused(1, 9, { status: 403, scimType: undefined })));
    expect(finding?.found).toBe(
      '1 request of the last 24 hours was refused as invalid: 1 × PATCH /Users/{id} with 403.',
    );
    expect(finding?.details?.[0]?.scimType).toBeNull();
  });

  it('have their own finding if a list was too broad', () => {
    const list = { method: 'GET', route: '/Users', scimType: 'tooMany' };
    const [invalid, broad] = refusedFindings(
      all(refused(2, 9), refused(3, 10, list), refused(1, 11, { ...list, route: '/Groups/{id}' })),
    );
    expect(invalid).toMatchObject({ code: 'requests-refused', details: [{ requests: 2 }, { requests: 1 }] });
    expect(broad).toMatchObject({
      code: 'filters-too-broad',
      severity: 'warning',
      found:
        '3 list requests of the last 24 hours were refused because too many resources would have to be ' +
        'examined or returned: 3 × GET /Users.',
      details: [{ requests: 3, userAgent: 'Okta', scimType: 'tooMany', detail: 'at 10' }],
    });
  });

  it('have their own finding if they asked for a token', () => {
    const token = {
      method: 'POST',
      route: '/oauth2/token',
      status: 401,
      scimType: undefined,
      connectionId: 'entra',
      detail: 'The client secret has expired.',
    };
    expect(refusedFindings(all(refused(3, 9, token)), new Map([['entra', 'Entra ID']]))).toMatchObject([
      {
        code: 'tokens-refused',
        severity: 'warning',
        found: '3 token requests of the last 24 hours were refused.',
        details: [
          {
            requests: 3,
            connection: 'Entra ID',
            detail: 'The client secret has expired.',
          },
        ],
      },
    ]);
  });

  it('are added up for each connection, which is named if the domain has several', () => {
    const entries = all(
      refused(1, 11, { connectionId: 'okta' }),
      refused(2, 9, { connectionId: 'script' }),
      refused(4, 8, { connectionId: 'script' }),
    );
    const names = new Map([
      ['okta', 'Okta'],
      ['script', 'Nightly script'],
    ]);
    const [finding] = refusedFindings(entries, names);
    expect(finding?.found).toMatch(/\. Sent by the connections "Nightly script" and "Okta"\.$/);
    expect(finding?.details).toMatchObject([
      { requests: 6, connectionId: 'script', connection: 'Nightly script' },
      { requests: 1, connectionId: 'okta', connection: 'Okta' },
    ]);
    expect(refusedFindings(entries, new Map([['okta', 'Okta']]))[0]?.found).not.toContain('Sent by');
  });

  it('are reported with "at least" if further ones exist', () => {
    expect(refusedFindings({ entries: [refused(7, 9)], more: true })[0]?.found).toMatch(
      /^At least 7 requests/,
    );
  });
});

describe('ignored attributes', () => {
  const ignored = (attribute: string, hour = 9): IgnoredAttribute => ({
    resourceType: 'User',
    attribute,
    lastAt: at(hour),
  });

  it('are no finding if there are none', () => expect(ignoredFindings(all())).toEqual([]));

  it('are named, the most recently sent first', () => {
    const [finding] = ignoredFindings(all(ignored('badge'), { ...ignored('color', 10), userAgent: 'Okta' }));
    expect(finding).toMatchObject({
      code: 'attributes-ignored',
      severity: 'info',
      found: '2 attributes are sent but not stored: color of a User and badge of a User.',
    });
    expect(finding?.details).toEqual([
      { resourceType: 'User', attribute: 'color', userAgent: 'Okta', lastAt: at(10) },
      { resourceType: 'User', attribute: 'badge', userAgent: null, lastAt: at(9) },
    ]);
  });
});

it('an attribute that two connections send is counted once, with both of them', () => {
  const ignored = (connectionId: string) => ({
    resourceType: 'User',
    attribute: 'badge',
    connectionId,
    lastAt: at(9),
  });
  const names = new Map([
    ['okta', 'Okta'],
    ['script', 'Script'],
  ]);
  const [finding] = ignoredFindings(all(ignored('okta'), ignored('script')), names);
  expect(finding?.found).toBe(
    '1 attribute is sent but not stored: badge of a User. Sent by the connections "Okta" and "Script".',
  );
  expect(finding?.details).toHaveLength(2);
});

describe('unknown members', () => {
  const unknown = (
    count: number,
    resourceId: string,
    attribute: UnknownMembers['attribute'] = 'members',
  ): UnknownMembers => ({
    attribute,
    resourceId,
    count,
    example: '42',
    lastAt: at(9),
  });

  it('are no finding if there are none', () => expect(unknownMemberFindings(all())).toEqual([]));

  it('are counted per group, and unknown groups per user', () => {
    const [finding] = unknownMemberFindings(
      all(unknown(1, 'group-1'), unknown(4, 'group-2'), unknown(1, 'user-1', 'groups')),
    );
    expect(finding).toMatchObject({ code: 'members-left-out', severity: 'warning' });
    expect(finding?.found).toMatch(/^5 members of 2 groups and 1 group of 1 user were skipped /);
    expect(finding?.details).toEqual([
      { groupId: 'group-2', leftOut: 4, example: '42', lastAt: at(9) },
      { groupId: 'group-1', leftOut: 1, example: '42', lastAt: at(9) },
      { userId: 'user-1', leftOut: 1, example: '42', lastAt: at(9) },
    ]);
  });

  it('are described in the singular if there is one', () => {
    expect(unknownMemberFindings(all(unknown(1, 'group-1')))[0]?.found).toMatch(
      /^1 member of 1 group was skipped /,
    );
  });
});

import { filterFindings } from '../../../../shared/service/diagnostics/findings/filter-findings';
import type { UnknownFilterAttribute } from '../../../../shared/store/diagnostics/diagnostic';

const unknown = (attribute: string, more: Partial<UnknownFilterAttribute> = {}): UnknownFilterAttribute => ({
  resourceTypes: ['User'],
  attribute,
  lastAt: '2026-03-01T09:00:00.000Z',
  ...more,
});

describe('unknown attributes in filters', () => {
  it('are no finding if there are none', () =>
    expect(filterFindings({ entries: [], more: false })).toEqual([]));

  it('are named with the client and a similar attribute, the most recently sent first', () => {
    const later = { userAgent: 'Okta', lastAt: '2026-03-01T10:00:00.000Z' };
    const [finding] = filterFindings({
      entries: [unknown('shoeSize', { resourceTypes: ['User', 'Group'] }), unknown('emial', later)],
      more: false,
    });
    expect(finding).toMatchObject({
      code: 'filter-attributes-unknown',
      severity: 'warning',
      found:
        '2 unknown attributes were used in filters, which match nothing: emial of a User and ' +
        'shoeSize of a User or Group.',
      details: [
        { resourceType: 'User', attribute: 'emial', suggestion: 'emails', ...later },
        { resourceType: 'User or Group', attribute: 'shoeSize', suggestion: null, userAgent: null },
      ],
    });
  });

  it('are counted as "at least" if further ones exist', () => {
    expect(filterFindings({ entries: [unknown('x')], more: true })[0]?.found).toMatch(
      /^At least 1 unknown attribute was used/,
    );
  });
});

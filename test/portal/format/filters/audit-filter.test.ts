import {
  timeRangeOfId,
  auditFilterParameters,
  parseAuditFilter,
  toApiFilter,
} from '../../../../portal/src/format/filters/audit-filter';

describe('the filter of the audit log', () => {
  it('survives a round trip through the address of the page', () => {
    const filter = {
      from: '2026-05-01',
      to: '2026-05-03',
      kind: 'user',
      connection: 'c1',
      actor: '',
      resource: 'u1',
    };
    expect(parseAuditFilter(new URLSearchParams(auditFilterParameters(filter)))).toEqual(filter);
  });

  it('omits empty fields from the address', () => {
    expect(
      auditFilterParameters({ from: '', to: '', kind: '', connection: '', actor: 'k1', resource: '' }),
    ).toEqual({
      actor: 'k1',
    });
  });

  it.each(['yesterday', '2026-99-01', '2026-1-1'])('ignores %s, which is not a valid day', (from) => {
    expect(parseAuditFilter(new URLSearchParams({ from })).from).toBe('');
  });

  it('includes the last day', () => {
    const filter = {
      from: '2026-05-01',
      to: '2026-05-01',
      kind: '',
      connection: 'c1',
      actor: ' ',
      resource: '',
    };
    expect(toApiFilter(filter)).toEqual({
      from: new Date(2026, 4, 1).toISOString(),
      to: new Date(2026, 4, 2).toISOString(),
      action: undefined,
      connectionId: 'c1',
      actor: undefined,
      resource: undefined,
    });
  });
});

describe('the time range of an event', () => {
  it('is derived from its ID', () => {
    const { from, to } = timeRangeOfId('019e0f3a-5c00-7a00-8000-000000000000');
    const at = 0x019e0f3a5c00;
    expect(Date.parse(from)).toBeLessThan(at);
    expect(Date.parse(to)).toBeGreaterThan(at);
    expect(Date.parse(to) - Date.parse(from)).toBeLessThan(10_000);
  });

  it.each(['', 'none', 'zzzz'])('is valid for the invalid ID %j', (id) => {
    expect(timeRangeOfId(id).from).toMatch(/Z$/);
  });
});

import { auditFilterParameters, readAuditFilter, toApiFilter } from '../../../portal/src/format/audit-filter';

describe('the filter of the audit log', () => {
  it('comes back from the address of the page as it was chosen', () => {
    const chosen = { from: '2026-05-01', to: '2026-05-03', kind: 'user', actor: '', resource: 'u1' };
    expect(readAuditFilter(new URLSearchParams(auditFilterParameters(chosen)))).toEqual(chosen);
  });

  it('leaves out of the address what is not chosen', () => {
    expect(auditFilterParameters({ from: '', to: '', kind: '', actor: 'k1', resource: '' })).toEqual({
      actor: 'k1',
    });
  });

  it('does not take what is no day', () => {
    expect(readAuditFilter(new URLSearchParams('from=yesterday')).from).toBe('');
  });

  it('includes the last day', () => {
    const filter = { from: '2026-05-01', to: '2026-05-01', kind: '', actor: ' ', resource: '' };
    expect(toApiFilter(filter)).toEqual({
      from: new Date(2026, 4, 1).toISOString(),
      to: new Date(2026, 4, 2).toISOString(),
      action: undefined,
      actor: undefined,
      resource: undefined,
    });
  });
});

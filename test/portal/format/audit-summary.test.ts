import type { AuditEvent } from '../../../portal/src/api/schema';
import { auditSummary } from '../../../portal/src/format/audit-summary';

const event = (more: Partial<AuditEvent>): AuditEvent => ({
  eventId: 'e1',
  at: '2026-05-10T12:00:00Z',
  action: 'user.updated',
  outcome: 'done',
  resource: { type: 'user', id: 'u1' },
  actor: { kind: 'system' },
  ...more,
});

describe('the summary of an event', () => {
  it('of a new user is the name and the license change', () => {
    const resource = { type: 'user', id: 'u1', name: 'ada@example.com' } as const;
    const changes = [{ attribute: 'displayName', after: 'Ada' }];
    expect(auditSummary(event({ action: 'user.created', resource, changes, license: 'activated' }))).toBe(
      'ada@example.com · license activated',
    );
  });

  it('of a new key is its name', () => {
    const changes = [{ attribute: 'name', after: 'Okta' }];
    const resource = { type: 'key', id: 'k1' } as const;
    expect(auditSummary(event({ action: 'key.created', resource, changes }))).toBe('Okta');
  });

  it('of a change contains the name of the resource', () => {
    const resource = { type: 'user', id: 'u1', name: 'ada@example.com' } as const;
    expect(
      auditSummary(event({ resource, changes: [{ attribute: 'active' }], license: 'deactivated' })),
    ).toBe('ada@example.com · active · license deactivated');
  });

  it('of a change lists the first attributes', () => {
    const changes = ['title', 'active', 'locale', 'timezone', 'emails'].map((attribute) => ({ attribute }));
    expect(auditSummary(event({ changes }))).toBe('title, active, locale and 2 more');
  });

  it('of any other event is the ID, or empty', () => {
    expect(auditSummary(event({}))).toBe('u1');
    expect(auditSummary(event({ resource: { type: 'request' } }))).toBe('');
  });
});

import type { ChangeEvent } from '../../../../shared/events/event';
import type { AuditEvent } from '../../../../shared/store/audit/audit';
import { historyOfAudit, historyOfEvents, historyProblems, LicenseWatch, sequenceProblems } from './history';

const actor = { kind: 'admin', id: 'operator' } as const;
const at = '2026-01-01T00:00:00.000Z';
const audited = (each: Pick<AuditEvent, 'action' | 'resourceId' | 'changes' | 'license'>): AuditEvent => ({
  ...{ id: 'audit', at, actor },
  ...each,
});

const AUDIT = [
  audited({ action: 'user.created', resourceId: 'u', license: 'activated' }),
  audited({ action: 'group.created', resourceId: 'g', changes: [{ attribute: 'members', after: ['u'] }] }),
  audited({
    ...{ action: 'user.updated', resourceId: 'u', license: 'deactivated' },
    changes: [
      { attribute: 'title', after: 'Manager' },
      { attribute: 'active', before: true, after: false },
    ],
  }),
  audited({ action: 'group.updated', resourceId: 'g', changes: [{ attribute: 'members', before: ['u'] }] }),
];

/** The history of the license, and that of the audit log. */
function expectedHistory() {
  const watch = new LicenseWatch();
  const item = (status: string) => ({ status, activationId: '1', userType: 'Basic User' });
  const [active, inactive] = [item('active'), item('inactive')];
  const key = { pk: 'd#LICENSE', sk: 'u' };
  watch.observe({ ...key, before: undefined, after: active });
  watch.observe({ ...key, before: active, after: { ...active, userType: 'Full User' } });
  watch.observe({ ...key, before: active, after: { ...active, activationId: '2' } });
  watch.observe({ ...key, before: active, after: { ...active, userName: 'ada' } });
  watch.observe({ ...key, before: active, after: inactive });
  watch.observe({ pk: 'other#LICENSE', sk: 'u', before: undefined, after: active });
  return new Map([...historyOfAudit(AUDIT), ...watch.historyOf('d')]);
}

const event = (type: string, subject: string, id: string, sequence: number, data: object = {}): ChangeEvent =>
  ({ id: `${type}-${sequence}`, type, subject: { type: subject, id }, sequence, data }) as ChangeEvent;

const EVENTS = [
  event('user.created', 'user', 'u', 1),
  event('license.activated', 'license', 'u', 1),
  event('group.created', 'group', 'g', 1),
  event('user.changed', 'user', 'u', 2, { attributes: ['title'] }),
  event('group.membersAdded', 'groupMembers', 'g', 1, { userIds: ['u'] }),
  event('license.changed', 'license', 'u', 2),
  event('license.keyReplaced', 'license', 'u', 3),
  event('user.deactivated', 'user', 'u', 3),
  event('license.ended', 'license', 'u', 4),
  event('group.membersRemoved', 'groupMembers', 'g', 2, { userIds: ['u'] }),
];

const problemsOf = (events: readonly ChangeEvent[]): string[] => [
  ...historyProblems(expectedHistory(), historyOfEvents(events)),
  ...sequenceProblems(events),
];

it('events that are the history have no problems', () => {
  expect(problemsOf(EVENTS)).toEqual([]);
});

it.each(EVENTS.map(({ type }, index) => [type, index] as const))('misses %s', (type, index) => {
  const problems = problemsOf(EVENTS.toSpliced(index, 1));
  expect(problems[0]).toMatch(/ did not arrive$/);
  expect(type).toBe(EVENTS[index]?.type);
});

it('accepts that the removal of a member overtakes the deletion of the group, but only once', () => {
  const members = { attribute: 'members', after: ['u'] };
  const expected = historyOfAudit([
    audited({ action: 'group.created', resourceId: 'g', changes: [members] }),
    audited({ action: 'group.deleted', resourceId: 'g' }),
  ]);
  const removed = (sequence: number) =>
    event('group.membersRemoved', 'groupMembers', 'g', sequence, { userIds: ['u'] });
  const events = [
    event('group.created', 'group', 'g', 1),
    event('group.membersAdded', 'groupMembers', 'g', 1, { userIds: ['u'] }),
    removed(2),
    event('group.deleted', 'group', 'g', 2),
  ];
  expect(historyProblems(expected, historyOfEvents(events))).toEqual([]);
  const twice = historyOfEvents([...events, removed(3)]);
  expect(historyProblems(expected, twice)).toEqual(['member g u: removed, removed did not happen']);
});

it('finds an event that did not happen, and one of an unknown subject', () => {
  expect(problemsOf([...EVENTS, event('user.deleted', 'user', 'u', 4)])).toEqual([
    'user u: user.deleted did not happen',
  ]);
  expect(problemsOf([...EVENTS, event('user.created', 'user', 'other', 1)])).toEqual([
    'user other: user.created did not happen',
  ]);
});

it('finds another order of a subject, and numbers that are not in a row', () => {
  const [first, second, third, fourth, ...rest] = EVENTS;
  const swapped = [fourth, second, third, first, ...rest] as ChangeEvent[];
  expect(problemsOf(swapped)).toEqual([
    expect.stringContaining(
      'user u: user.changed title, user.created, user.deactivated came in another order',
    ),
    'user u: event user.changed-2 has the number 2, not 1',
    'user u: event user.created-1 has the number 1, not 3',
    'user u: event user.deactivated-3 has the number 3, not 2',
  ]);
});

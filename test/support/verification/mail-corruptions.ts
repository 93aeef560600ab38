import { newId } from '../../../shared/id';
import {
  auditPartition,
  groupHeadKey,
  licenseRecordKey,
  resourceKey,
} from '../../../shared/store/table/keys';
import { keyReminderKey, mailKey, outboxKey, outboxMinuteKey } from '../../../shared/store/table/mail-keys';
import { keyOf } from '../../../shared/store/table/read-item';
import type { Corruption } from './corruption';
import { DUE_AT } from './items-harness';

const LONG_AGO = '2026-01-01T00:00:00.000Z';

const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();

/** Corruptions of histories, of the outbox, and of audit events. */
export const MAILS: readonly Corruption[] = [
  {
    name: 'the entry of a change is lost',
    make: async (h) => {
      // It is recent, and the event of the change has another time.
      await h.table.update(licenseRecordKey(h.domainId, h.ada), { set: { changedAt: hoursAgo(30) } });
      await h.table.delete(mailKey(h.domainId, h.ada, await h.changeOf(h.ada)));
    },
    problems: ['history-missing'],
    repair: 'manual',
  },
  {
    name: 'a reminder is of no SCIM key',
    make: (h) => h.table.put({ ...keyReminderKey(h.domainId, newId(), 'expired'), status: 'sent' }),
    problems: ['reminder-orphaned'],
    repair: 'manual',
  },
  {
    name: 'an email that is due is not in the outbox',
    make: async (h) => h.table.delete(outboxKey(DUE_AT, h.domainId, h.bob, await h.changeOf(h.bob))),
    problems: ['outbox-missing'],
    repair: 'former',
  },
  {
    name: 'no minute names an email of the outbox',
    make: (h) => h.table.delete(outboxMinuteKey(DUE_AT, h.domainId)),
    problems: ['outbox-minute-missing'],
    repair: 'former',
  },
  {
    name: 'an email of the outbox is not in the history',
    make: (h) => {
      const ids = { domainId: h.domainId, userId: h.ada, mailId: newId(), dueAt: DUE_AT };
      return h.table.put({ ...outboxKey(DUE_AT, h.domainId, h.ada, ids.mailId), ...ids });
    },
    problems: ['outbox-orphaned'],
    repair: 'former',
  },
  {
    name: 'an email of the outbox has the ids of another domain',
    make: async (h) =>
      h.table.update(outboxKey(DUE_AT, h.domainId, h.bob, await h.changeOf(h.bob)), {
        set: { domainId: newId(), userId: h.ada },
      }),
    problems: ['ids-wrong'],
    repair: 'former',
  },
  {
    name: 'an earlier version has sent an email of the outbox',
    make: async (h) =>
      h.table.update(mailKey(h.domainId, h.ada, await h.changeOf(h.ada)), { remove: ['ttl'] }),
    problems: ['mail-never-expires'],
    repair: 'other',
  },
  {
    name: 'the sender of an email was killed',
    make: async (h) =>
      h.table.update(mailKey(h.domainId, h.ada, await h.changeOf(h.ada)), {
        set: { status: 'claimed', claimedAt: LONG_AGO },
      }),
    problems: ['mail-abandoned'],
    repair: 'manual',
  },
  {
    name: 'the audit events of the last changes are lost',
    make: async (h) => {
      const { items } = await h.table.query({ pk: auditPartition(h.domainId) });
      const ofAda = items.filter(({ resourceId }) => resourceId === h.ada || resourceId === h.team);
      for (const item of ofAda) await h.table.delete(keyOf(item));
    },
    // The changes of the other member are as recent as the event of its creation.
    problems: ['audit-event-missing', 'audit-event-missing'],
    repair: 'manual',
  },
  {
    name: 'the audit event of the last change of a group is lost',
    make: (h) =>
      h.table.update(resourceKey(h.domainId, 'GROUP', h.team), { set: { lastModified: hoursAgo(1) } }),
    problems: ['audit-event-missing'],
    repair: 'manual',
  },
  {
    name: 'the audit event of the last change of the members of a spread group is lost',
    make: (h) => h.table.update(groupHeadKey(h.domainId, h.team, 3), { set: { lastModified: hoursAgo(1) } }),
    problems: ['audit-event-missing'],
    repair: 'manual',
  },
];

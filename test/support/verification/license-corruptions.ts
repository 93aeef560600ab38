import { newId } from '../../../shared/id';
import { licenseKeyKey, licenseRecordKey } from '../../../shared/store/table/keys';
import { mailKey } from '../../../shared/store/table/mail-keys';
import type { Corruption } from './corruption';

const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();

/** Corruptions of licenses. */
export const LICENSES: readonly Corruption[] = [
  {
    name: 'the license of a user is lost',
    make: (h) => h.table.delete(licenseRecordKey(h.domainId, h.bob)),
    problems: ['history-orphaned', 'license-missing'],
    repair: 'manual',
  },
  {
    name: 'the license of an active user has ended',
    make: (h) => h.table.update(licenseRecordKey(h.domainId, h.bob), { set: { status: 'inactive' } }),
    problems: ['license-status-wrong'],
    repair: 'manual',
  },
  {
    name: 'a user with an active license is lost',
    make: async (h) => {
      const id = newId();
      const license = await h.table.get(licenseRecordKey(h.domainId, h.bob));
      await h.table.put({
        ...license,
        ...licenseRecordKey(h.domainId, id),
        userId: id,
        changedAt: hoursAgo(48),
      });
      await h.table.put({
        ...mailKey(h.domainId, id, String(license?.changeId)),
        kind: 'none',
        status: 'none',
      });
    },
    problems: ['license-orphaned'],
    repair: 'manual',
  },
  {
    name: 'a license has the address and the name of another user',
    make: (h) =>
      h.table.update(licenseRecordKey(h.domainId, h.ada), {
        set: { email: 'x@example.com', userName: 'x@example.com' },
      }),
    problems: ['license-holder-wrong'],
    repair: 'former',
  },
  {
    name: 'a license has the ids of another one',
    make: (h) =>
      h.table.update(licenseRecordKey(h.domainId, h.ada), { set: { domainId: newId(), userId: h.bob } }),
    problems: ['ids-wrong'],
    repair: 'former',
  },
  {
    name: 'an active license has lost its activation',
    make: (h) => h.table.update(licenseRecordKey(h.domainId, h.ada), { remove: ['activationId'] }),
    problems: ['activation-missing'],
    repair: 'manual',
  },
  {
    name: 'an active license keeps a key',
    make: (h) => h.table.update(licenseRecordKey(h.domainId, h.ada), { set: { keptActivationId: newId() } }),
    problems: ['kept-key-wrong'],
    repair: 'manual',
  },
  {
    name: 'a license key has no license',
    make: (h) =>
      h.table.put({ ...licenseKeyKey(newId()), domainId: h.domainId, userId: newId(), activationId: 'a' }),
    problems: ['license-key-orphaned'],
    repair: 'manual',
  },
];

import { domainKey } from '../../../store/table/keys';
import { keyOf } from '../../../store/table/read-item';
import { ITEM_EXISTS } from '../../../store/table/write';
import { isAs, REPAIR, type ChecksOf } from './check';

/**
 * A shard of the counts, or the item of the seats. An earlier version let them expire at the beginning of a
 * deletion. If the deletion was interrupted, the domain would lose its counts and the limit of its seats.
 */
export const countsChecks: ChecksOf = (item, domainId) => {
  const { ttl } = item;
  if (typeof ttl !== 'number') return [];
  return [
    {
      id: 'expiry',
      keys: [],
      examine: () => ({
        problem: 'counts-expire',
        found: `The item ${item.sk} of the counts of the domain ${domainId} expires, because the deletion of the domain was interrupted.`,
        action: `${REPAIR} Or delete the domain again, which completes the deletion.`,
        repair: [
          { update: keyOf(item), remove: ['ttl'], condition: isAs(item, 'ttl') },
          { check: domainKey(domainId), condition: ITEM_EXISTS },
        ],
        before: ttl,
      }),
    },
  ];
};

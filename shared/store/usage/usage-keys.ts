import type { ItemKey } from '../table/keys';
import { KEY_CHECK_PARTITION } from '../table/mail-keys';

/** The counts of a domain on each day. `date` is YYYY-MM-DD, UTC. */
export const usagePartition = (d: string): string => `${d}#USAGE`;
export const usageKey = (d: string, date: string): ItemKey => ({ pk: usagePartition(d), sk: date });

/** The last day whose counts were recorded for all domains. The same schedule checks the SCIM keys. */
export const usageDayKey: ItemKey = { pk: KEY_CHECK_PARTITION, sk: 'USAGE-DAY' };

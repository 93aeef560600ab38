import { createHash } from 'node:crypto';
import { setupAttemptsKey } from '../table/keys';
import type { Table } from '../table/table';

const PERIOD_SECONDS = 600;
/** Enough for several people behind one address. A guess of a link would need 10^76 attempts. */
const MAX_ATTEMPTS = 60;

/** The attempts to open setup links, by the address from which they come. */
export class SetupAttempts {
  constructor(private readonly table: Table) {}

  /**
   * Counts an attempt. Returns undefined, or the seconds until the next one if the address has made too many.
   */
  async count(address: string, now: Date): Promise<number | undefined> {
    const second = Math.floor(now.getTime() / 1000);
    const period = Math.floor(second / PERIOD_SECONDS);
    const end = (period + 1) * PERIOD_SECONDS;
    const { written } = await this.table.update(
      setupAttemptsKey(hashOf(networkOf(address)), period),
      { add: { attempts: 1 }, set: { ttl: end + PERIOD_SECONDS } },
      {
        condition: {
          expression: 'attribute_not_exists(attempts) OR attempts < :max',
          values: { max: MAX_ATTEMPTS },
        },
      },
    );
    return written ? undefined : end - second;
  }
}

/** A customer of an internet provider has all addresses of an IPv6 network of 64 bits. */
function networkOf(address: string): string {
  if (!address.includes(':')) return address;
  const [head = '', tail = ''] = address.toLowerCase().split('::');
  const first = head.split(':').filter(Boolean);
  const last = tail.split(':').filter(Boolean);
  const zeros = address.includes('::') ? Math.max(0, 8 - first.length - last.length) : 0;
  return [...first, ...Array<string>(zeros).fill('0'), ...last]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}

/** The table does not contain addresses of people who have no link. */
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);

import { setTimeout as sleep } from 'node:timers/promises';
import { mailPartition } from '../../shared/store/table/mail-keys';
import type { BenchDomain } from './bench-domain';
import type { Row } from './row';

const POLL_MS = 500;
/** Emails and their events follow the requests, so they end later. */
const MAX_WAIT_MS = 300_000;

/**
 * Returns a change that gives a user an address. Emails to the mailbox simulator of SES cause a delivery
 * event.
 */
const addressOf = (id: string): object => ({
  Operations: [
    { op: 'replace', value: { emails: [{ value: `success+${id}@simulator.amazonses.com`, type: 'work' }] } },
  ],
});

async function untilDelivered({ table, domainId }: BenchDomain, count: number): Promise<void> {
  const deadline = Date.now() + MAX_WAIT_MS;
  for (;;) {
    let delivered = 0;
    const filter = { expression: '#status = :delivered', values: { delivered: 'delivered' } };
    for await (const items of table.pages({ pk: mailPartition(domainId), filter })) delivered += items.length;
    if (delivered === count) return;
    if (Date.now() > deadline) throw new Error(`Only ${delivered} of ${count} emails were delivered.`);
    await sleep(POLL_MS);
  }
}

/**
 * Delivery events of SES. Each request gives a user the first address, so the key is emailed and delivered.
 */
export const MAIL_ROWS: readonly Row[] = [
  {
    name: 'delivery events',
    maxTries: 1.05,
    functions: /MailEvents/,
    prepare: async (createDomain, { requests }) => {
      const domain = await createDomain();
      const users = await domain.createUsers(requests);
      return [
        domain,
        {
          send: async () => {
            const id = users.pop() ?? '';
            return (await domain.request('PATCH', `/Users/${id}`, addressOf(id))).status;
          },
          settled: () => untilDelivered(domain, requests),
        },
      ];
    },
  },
];

import { domainKey } from '../../../shared/store/table/keys';
import { MailDelays } from '../../../shared/store/mail/mail-delay';
import type { Table } from '../../../shared/store/table/table';
import { createTable } from '../../support/mail/mail-environment';

const NOW = new Date('2026-03-01T12:00:00.000Z');
const later = (ms: number): Date => new Date(NOW.getTime() + ms);

let table: Table;
let delays: MailDelays;
beforeEach(async () => {
  table = await createTable();
  delays = new MailDelays(table);
});

const setMailDelay = (mailDelayMinutes: number) => table.put({ ...domainKey('domain-1'), mailDelayMinutes });

it('is the delay of the domain, and 0 if the domain does not exist', async () => {
  expect(await delays.get('nobody', NOW)).toBe(0);
  await setMailDelay(15);
  expect(await delays.get('domain-1', NOW)).toBe(900_000);
});

it('is read again after a minute', async () => {
  await setMailDelay(15);
  await delays.get('domain-1', NOW);
  await setMailDelay(30);
  expect(await delays.get('domain-1', later(59_999))).toBe(900_000);
  expect(await delays.get('domain-1', later(60_000))).toBe(1_800_000);
});

import { SetupAttempts } from '../../../shared/store/setup-links/setup-attempts';
import { createTableLikeSystem } from '../../support/store/create-table';

const NOW = new Date('2026-06-15T12:01:40Z');
let attempts: SetupAttempts;
beforeAll(async () => {
  attempts = new SetupAttempts(await createTableLikeSystem());
});

/** Uses up the attempts of an address. */
async function useUp(address: string): Promise<void> {
  for (let attempt = 0; attempt < 60; attempt++) expect(await attempts.count(address, NOW)).toBeUndefined();
}

it('an address may try again in the next ten minutes', async () => {
  await useUp('192.0.2.1');
  expect(await attempts.count('192.0.2.1', NOW)).toBe(500);
  expect(await attempts.count('192.0.2.2', NOW)).toBeUndefined();
  expect(await attempts.count('192.0.2.1', new Date(NOW.getTime() + 500_000))).toBeUndefined();
});

it('all addresses of an IPv6 network of 64 bits share their attempts', async () => {
  await useUp('2001:db8:0:7::1');
  for (const address of ['2001:db8::7:0:0:0:2', '2001:DB8:0:7:ffff:1:2:3', '2001:0db8:0000:0007::'])
    expect(await attempts.count(address, NOW)).toBe(500);
  expect(await attempts.count('2001:db8:0:8::1', NOW)).toBeUndefined();
});

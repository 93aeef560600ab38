import { measureLargestGroup } from '../../bench/large-group';

const ADDRESS = 'john.doe@example.com';

it('an uncompressed response holds a group of more than 25,000 members', async () => {
  expect((await measureLargestGroup(ADDRESS, false)).members).toBeGreaterThan(25_000);
});

it('a compressed response holds more than 150,000 members and takes less memory than their JSON', async () => {
  const { members, peakMemory } = await measureLargestGroup(ADDRESS, true);
  expect(members).toBeGreaterThan(150_000);
  // Their JSON alone is 40 MB.
  expect(peakMemory).toBeLessThan(15);
});

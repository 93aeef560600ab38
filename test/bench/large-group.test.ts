import { measureLargestGroup } from '../../bench/large-group';

const ADDRESS = 'john.doe@example.com';

it('an answer shows a group of more than 25,000 members as it is', async () => {
  expect((await measureLargestGroup(ADDRESS, false)).members).toBeGreaterThan(25_000);
});

it('an answer shows more than 150,000 members compressed, in a fraction of the memory that they would take', async () => {
  const { members, peakMemory } = await measureLargestGroup(ADDRESS, true);
  expect(members).toBeGreaterThan(150_000);
  // Their JSON alone is 40 MB.
  expect(peakMemory).toBeLessThan(15);
});

import { newId, timeOfId } from '../shared/id';

it('ids sort in the order in which they were made, and are UUIDs of version 7', () => {
  const ids = Array.from({ length: 5000 }, newId);
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids)
    expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
});

it('an id tells when it was made', () => {
  const before = Date.now();
  const time = timeOfId(newId()).getTime();
  expect(time).toBeGreaterThanOrEqual(before);
  // Ids of one millisecond may run ahead of the clock, so that they sort.
  expect(time).toBeLessThan(Date.now() + 1_000);
  expect(timeOfId('017f22e2-79b0-7cc3-98c4-dc0c0c07398f')).toEqual(new Date('2022-02-22T19:22:22.000Z'));
});

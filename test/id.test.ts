import { newId, newIdAfter, timeOfId } from '../shared/id';

it('IDs are UUIDs of version 7 and sort in the order of their creation', () => {
  const ids = Array.from({ length: 5000 }, newId);
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids)
    expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
});

it('the time of an ID is the time of its creation', () => {
  const before = Date.now();
  const time = timeOfId(newId()).getTime();
  expect(time).toBeGreaterThanOrEqual(before);
  // To keep the order, IDs that are created in the same millisecond may have a time ahead of the clock.
  expect(time).toBeLessThan(Date.now() + 1_000);
  expect(timeOfId('017f22e2-79b0-7cc3-98c4-dc0c0c07398f')).toEqual(new Date('2022-02-22T19:22:22.000Z'));
});

it('an ID after another one sorts after it, even if that is from a clock that is ahead', () => {
  const ahead = newId(new Date(Date.now() + 60_000));
  expect(newIdAfter(ahead) > ahead).toBe(true);
  expect(timeOfId(newIdAfter(ahead))).toEqual(new Date(timeOfId(ahead).getTime() + 1));
  const behind = newId(new Date(Date.now() - 60_000));
  expect(timeOfId(newIdAfter(behind)).getTime()).toBeGreaterThan(Date.now() - 30_000);
  expect(newIdAfter(undefined)).toHaveLength(36);
});

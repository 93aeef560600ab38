import { countsInImage } from '../../../shared/store/domains/counts';

const image = (more: object = {}) => ({ pk: { S: 'DOMAIN#d' }, sk: { S: 'COUNTS' }, ...more });

describe('countsInImage', () => {
  it('reads the counts and the seats of a domain', () => {
    const counts = {
      users: 4,
      groups: 3,
      activeLicenses: 2,
      pendingLicenses: 1,
      seats: 2,
      seatPolicy: 'wait',
    };
    const written = Object.entries(counts).map(([name, value]) => [
      name,
      typeof value === 'number' ? { N: String(value) } : { S: value },
    ]);
    expect(countsInImage(image(Object.fromEntries(written) as object))).toEqual({ domainId: 'd', counts });
  });

  it('returns 0 for absent counts, and no limit', () => {
    expect(countsInImage(image({ users: { N: '1' } }))?.counts).toEqual({
      users: 1,
      groups: 0,
      activeLicenses: 0,
      pendingLicenses: 0,
      seatPolicy: 'refuse',
    });
  });

  it.each([
    ['no image', undefined],
    ['a domain', image({ sk: { S: 'DOMAIN' } })],
    ['an item of another partition', image({ pk: { S: 'd#USER' } })],
  ])('returns undefined for %s', (_, other) => {
    expect(countsInImage(other)).toBeUndefined();
  });
});

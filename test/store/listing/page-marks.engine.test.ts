import { PageMarks } from '../../../shared/store/listing/page-marks';
import type { Table } from '../../../shared/store/table/table';
import { systemTable } from '../../support/consistency/domain-data';
import { newDomainId } from '../../support/store/records';

const NOW = new Date('2026-03-01T12:00:00.000Z');
const LIFETIME_MS = 600_000;
const at = (milliseconds: number) => new Date(NOW.getTime() + milliseconds);

let table: Table;
let domainId: string;
let marks: PageMarks;

beforeAll(async () => {
  table = await systemTable();
});
beforeEach(() => {
  domainId = newDomainId();
  marks = new PageMarks(table, domainId, 'USER');
});

describe('nearest', () => {
  it('returns the last mark at or before the index', async () => {
    for (const startIndex of [101, 9, 1001])
      await marks.put({ startIndex, after: { id: `u-${startIndex}` } }, NOW);
    expect(await marks.nearest(8, NOW)).toBeUndefined();
    expect(await marks.nearest(9, NOW)).toEqual({ startIndex: 9, after: { id: 'u-9' } });
    expect(await marks.nearest(100, NOW)).toEqual({ startIndex: 9, after: { id: 'u-9' } });
    expect(await marks.nearest(101, NOW)).toEqual({ startIndex: 101, after: { id: 'u-101' } });
    expect(await marks.nearest(1_000_000, NOW)).toEqual({ startIndex: 1001, after: { id: 'u-1001' } });
  });

  it('returns the newer of two marks for one index', async () => {
    await marks.put({ startIndex: 101, after: { id: 'old' } }, NOW);
    await marks.put({ startIndex: 101, after: { id: 'new' } }, NOW);
    expect(await marks.nearest(101, NOW)).toMatchObject({ after: { id: 'new' } });
  });

  it('does not return an expired mark that is still in the table', async () => {
    await marks.put({ startIndex: 101, after: { id: 'u' } }, NOW);
    expect(await marks.nearest(101, at(LIFETIME_MS - 1))).toBeDefined();
    expect(await marks.nearest(101, at(LIFETIME_MS))).toBeUndefined();
  });

  it('keeps the name in a listing that is ordered by name', async () => {
    const after = { id: 'u', nameKey: 'ada' };
    await marks.put({ startIndex: 101, after }, NOW);
    expect(await marks.nearest(101, NOW)).toEqual({ startIndex: 101, after });
  });

  it('does not return marks of another listing or domain', async () => {
    await marks.put({ startIndex: 101, after: { id: 'u' } }, NOW);
    expect(await new PageMarks(table, domainId, 'GROUP').nearest(101, NOW)).toBeUndefined();
    expect(await new PageMarks(table, newDomainId(), 'USER').nearest(101, NOW)).toBeUndefined();
  });
});

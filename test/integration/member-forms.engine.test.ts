import { expectConsistent } from './consistency';
import { memberTables, populate, run } from './member-forms';
import type { Variables } from './placeholders';
import { type DomainClient, newDomain } from './system';

let domain: DomainClient;
let known: Variables;

beforeAll(async () => {
  domain = await newDomain();
  known = await populate(domain);
});

afterAll(() => expectConsistent(domain.domainId));

describe.each(memberTables())('$name', ({ of, rows }) => {
  it.each(rows)('$name', (row) => run(domain, of, row, known));
});

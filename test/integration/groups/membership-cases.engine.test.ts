import { expectConsistent } from '../../support/consistency/consistency';
import { memberTables, populate, run } from './membership-cases';
import type { Variables } from '../../support/replay/placeholders';
import { type DomainClient, newDomain } from '../../support/system/system';

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

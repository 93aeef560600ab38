import { expectConsistent } from '../../support/consistency/consistency';
import { loadMembershipCases, createPeopleAndTeams, runCase } from './membership-cases';
import type { Variables } from '../../support/replay/placeholders';
import { type DomainClient, createDomainClient } from '../../support/system/system';

let domain: DomainClient;
let known: Variables;

beforeAll(async () => {
  domain = await createDomainClient();
  known = await createPeopleAndTeams(domain);
});

afterAll(() => expectConsistent(domain.domainId));

describe.each(loadMembershipCases())('$name', ({ of, rows }) => {
  it.each(rows)('$name', (row) => runCase(domain, of, row, known));
});

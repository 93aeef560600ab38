import { maskReason } from '../../../shared/http/requests/mask-reason';
import { ScimError } from '../../../shared/scim/error';
import { parseFilter } from '../../../shared/scim/filter/parse';
import { parsePatch } from '../../../shared/scim/patch/parse';

const detailOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof ScimError) return error.detail;
    throw error;
  }
  throw new Error('Nothing was refused.');
};

describe('the reason of a refused request', () => {
  it.each([
    'The userName is already taken by another user. Choose a different userName or update the existing user.',
    'The request was rejected because its schemas do not match this endpoint. ' +
      'Send "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"].',
    'The list cannot be sorted by "name" because it is a complex attribute. Sort by one of: givenName.',
    'sortOrder is "…". It must be "ascending" or "descending".',
    'The resource is at version W/"12". Read it again, and send the change with that version.',
    'There is no user with the id "0199aa00-0000-7000-8000-000000000001".',
    'Send an address such as ada@example.com.',
    'GET is not allowed on this resource. Allowed methods: POST.',
  ])('keeps the words of the protocol: %s', (detail) => {
    expect(maskReason(detail, ['/Users', 'userName', '100'])).toBe(detail);
  });

  it('masks what it quotes', () => {
    expect(maskReason('There is no user with the id "jane.roe".', [])).toBe(
      'There is no user with the id "…".',
    );
    expect(maskReason('The value "a \\"Jane\\" b" is wrong.', [])).toBe('The value "…" is wrong.');
  });

  it('masks addresses, wherever they are', () => {
    expect(maskReason('Emails to jane@example.org, failed.', [])).toBe('Emails to …, failed.');
  });

  it.each([
    'userName eq jane.roe',
    'userName eq "jane.roe',
    'userName eq jane.roe@example.org and active eq true',
    'name.familyName eq O"Jane Roe"',
    'userName "Jane Roe"',
    'jane roe',
    `userName eq ${'jane.roe'.repeat(20)}`,
  ])('reveals no value of the filter %s', (filter) => {
    const detail = detailOf(() => parseFilter(filter));
    expect(maskReason(detail, [filter])).not.toMatch(/jane|roe/i);
  });

  it.each([
    { op: 'replace', path: 'emails[value eq "jane@example.org"', value: 'x' },
    { op: 'replace', path: 'emails[value eq jane].value', value: 'x' },
    { op: 'jane', path: 'displayName' },
  ])('reveals no value of the operation %j', (operation) => {
    const body = { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: [operation] };
    const detail = detailOf(() => parsePatch(body));
    expect(maskReason(detail, [operation.path, operation.op])).not.toMatch(/jane/i);
  });

  it('masks a word that the error cuts off', () => {
    expect(
      maskReason('There is no endpoint at /Users/x/jane.ro. The base URL ends.', ['/Users/x/jane.roe']),
    ).not.toMatch(/jane/);
  });
});

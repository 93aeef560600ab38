import { clientTextsOf, maskQuery } from '../../../shared/http/requests/describe-request';
import { maskPath } from '../../../shared/http/requests/mask-path';
import { apiEvent } from '../../support/requests/api-events';

const ID = '0199aa00-0000-7000-8000-000000000001';

describe('the path of a recorded request', () => {
  it.each([
    ['/Users', '/Users'],
    [`/Users/${ID}`, `/Users/${ID}`],
    ['/users/.search', '/users/.search'],
    ['/v2/Users', '/v2/Users'],
    [
      '/Schemas/urn:ietf:params:scim:schemas:core:2.0:User',
      '/Schemas/urn:ietf:params:scim:schemas:core:2.0:User',
    ],
    ['/Users/jane%40example.org', '/Users/…'],
    ['/Users/jane', '/Users/…'],
    ['/jane/groups/%zz', '/…/groups/…'],
    ['/', '/'],
  ])('%s is shown as %s', (path, shown) => {
    expect(maskPath(path)).toBe(shown);
  });
});

describe('the query of a recorded request', () => {
  it.each([
    [{ filter: 'userName eq "jane@example.org"' }, 'filter=userName eq "…"'],
    [
      { Filter: 'not (emails[value co "jane"] and active eq true)' },
      'filter=not (emails[value co "…"] and active eq true)',
    ],
    [{ filter: 'employeeNumber eq 4711 or title pr' }, 'filter=employeeNumber eq "…" or title pr'],
    [{ filter: 'userName eq jane' }, 'filter=…'],
    [{ filter: 'jane@example.org eq "x"' }, 'filter=…'],
    [{ startIndex: '1', count: '100' }, 'startIndex=1&count=100'],
    [{ count: 'jane' }, 'count=…'],
    [{ attributes: 'userName, jane@example.org' }, 'attributes=userName,…'],
    [{ sortBy: 'name.familyName', sortOrder: 'descending' }, 'sortBy=name.familyName&sortOrder=descending'],
    [{ cursor: 'jane' }, 'cursor=…'],
    [{ jane: 'roe', other: 'x' }, '…'],
  ])('%j is shown as %s', (query, shown) => {
    expect(maskQuery(query as Record<string, string>)).toBe(shown);
  });

  it('is absent without parameters', () => {
    expect(maskQuery(null)).toBeUndefined();
  });
});

test('an error may quote the path, the query, the content type, and all texts of the body', () => {
  const event = apiEvent({
    path: '/Users/jane%40example.org',
    query: { filter: 'a filter' },
    headers: { 'Content-Type': 'a/type' },
  });
  event.body = { Operations: [{ path: 'a path', value: { name: ['deep'] } }] } as never;
  expect([...clientTextsOf(event)]).toEqual(
    expect.arrayContaining(['jane@example.org', 'a filter', 'a/type', 'a path', 'name', 'deep']),
  );
});

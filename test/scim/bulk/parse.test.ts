import { parseBulk } from '../../../shared/scim/bulk/parse';
import type { Json } from '../../../shared/scim/resource';
import { BULK_REQUEST, PATCH_OP } from '../../../shared/scim/urns';
import { scimErrorOf } from '../../support/scim/scim-fixtures';

const BASE_URL = 'https://api.example.com/scim/v2';
const POST = { method: 'POST', path: '/Users', bulkId: 'a', data: { userName: 'ada' } };

const parse = (body: Json) => parseBulk(body, BASE_URL);
const operationOf = (operation: Json) => parse({ Operations: [operation] }).operations[0]!;

describe('parseBulk', () => {
  it('parses operations and failOnErrors', () => {
    const body = { schemas: [BULK_REQUEST], failOnErrors: 2, Operations: [POST] };
    expect(parse(body)).toEqual({ failOnErrors: 2, operations: [POST] });
    expect(parse({ Operations: [] })).toEqual({ failOnErrors: Infinity, operations: [] });
    expect(parse({ failOnErrors: 0, Operations: [] }).failOnErrors).toBe(Infinity);
  });

  it('accepts names, methods, and URNs in any case', () => {
    expect(
      parse({
        SCHEMAS: [BULK_REQUEST.toUpperCase()],
        operations: [{ Method: 'delete', PATH: '/Users/1', BulkID: 'x', VERSION: 'W/"2"' }],
        FailOnErrors: 1,
      }),
    ).toEqual({
      failOnErrors: 1,
      operations: [{ method: 'DELETE', path: '/Users/1', bulkId: 'x', version: 'W/"2"' }],
    });
  });

  it('treats null and an empty string as absent', () => {
    expect(parse({ schemas: null, failOnErrors: null, Operations: [] }).failOnErrors).toBe(Infinity);
    const nothing = { bulkId: null, version: null, data: null };
    expect(operationOf({ method: 'DELETE', path: '/Users/1', ...nothing })).toEqual({
      method: 'DELETE',
      path: '/Users/1',
    });
    expect(operationOf({ method: 'DELETE', path: '/Users/1', version: '', bulkId: '' })).not.toHaveProperty(
      'problem',
    );
  });

  it('accepts numbers as text, text as numbers, and data as JSON text', () => {
    expect(parse({ failOnErrors: '2', Operations: [] }).failOnErrors).toBe(2);
    expect(parse({ failOnErrors: '0', Operations: [] }).failOnErrors).toBe(Infinity);
    expect(operationOf({ ...POST, bulkId: 7, data: '{"userName":"ada"}' })).toEqual({ ...POST, bulkId: '7' });
    expect(operationOf({ method: 'DELETE', path: '/Users/1', version: 3 }).version).toBe('W/"3"');
  });

  it.each([
    ['/Users/1', '/Users/1'],
    ['Users/1', 'Users/1'],
    ['/scim/v2/Users/1', '/Users/1'],
    [`${BASE_URL}/Users/1`, '/Users/1'],
    ['HTTPS://API.example.com/scim/v2/Users/1', '/Users/1'],
    ['/Users/1?attributes=userName', '/Users/1'],
    ['https://other.example.com/scim/v2/Users/1', 'https://other.example.com/scim/v2/Users/1'],
    ['/scim/v20/Users', '/scim/v20/Users'],
  ])('removes the base URL and the query from the path %s', (path, expected) =>
    expect(operationOf({ method: 'DELETE', path }).path).toBe(expected),
  );

  it.each<[string, Json]>([
    ['an array', []],
    ['an empty object', {}],
    ['operations that are not an array', { Operations: POST }],
    ['another schema', { schemas: [PATCH_OP], Operations: [POST] }],
    ['a negative number of allowed errors', { failOnErrors: -1, Operations: [POST] }],
    ['a fraction of an error', { failOnErrors: 1.5, Operations: [POST] }],
    ['errors as another text', { failOnErrors: 'one', Operations: [POST] }],
    [
      'one bulkId as text and as a number',
      {
        Operations: [
          { ...POST, bulkId: 1 },
          { ...POST, bulkId: '1' },
        ],
      },
    ],
    ['a bulkId twice', { Operations: [POST, { ...POST, data: {} }] }],
    [
      'a bulkId twice, once for another method than POST',
      { Operations: [POST, { method: 'GET', bulkId: 'a' }] },
    ],
  ])('rejects the whole request for %s', (_, body) =>
    expect(scimErrorOf(() => parse(body))).toMatchObject({ status: 400, scimType: 'invalidSyntax' }),
  );

  it.each<[string, Json, RegExp]>([
    ['GET', { method: 'GET', path: '/Users' }, /method/],
    ['no method', { path: '/Users' }, /method/],
    ['a method that is not a string', { ...POST, method: 1 }, /method/],
    ['no path', { ...POST, path: null }, /path/],
    ['a path without a UTF-8 form', { ...POST, path: '/Users/\ud800' }, /path/],
    ['a path that is not a string', { ...POST, path: {} }, /path/],
    ['a POST without a bulkId', { ...POST, bulkId: null }, /bulkId/],
    ['a bulkId that is not a string', { ...POST, bulkId: true }, /bulkId/],
    ['a bulkId beyond 2^53', { ...POST, bulkId: 2 ** 60 }, /bulkId/],
    ['a text that is not JSON as data', { ...POST, data: 'ada' }, /data/],
    ['JSON text of an array as data', { ...POST, data: '[]' }, /data/],
    ['a POST without data', { ...POST, data: null }, /data/],
    ['a PATCH with an array as data', { method: 'PATCH', path: '/Users/1', data: [] }, /data/],
    ['a version that is not a string', { method: 'DELETE', path: '/Users/1', version: true }, /version/],
    ['an operation that is not an object', 'POST /Users', /is not a JSON object/],
  ])('rejects only the operation for %s', (_, wrong, detail) => {
    const right = { ...POST, bulkId: 'other' };
    const { operations } = parse({ Operations: [wrong, right] });
    expect(operations[0]?.problem).toMatchObject({ status: 400, scimType: 'invalidSyntax' });
    expect(operations[0]?.problem?.detail).toMatch(/^Operations\[0\] /);
    expect(operations[0]?.problem?.detail).toMatch(detail);
    expect(operations[1]).toEqual(right);
  });

  it('keeps the method and the bulkId of a rejected operation, for its response', () =>
    expect(operationOf({ method: 'Get', bulkId: 'x', path: '/Users' })).toMatchObject({
      method: 'Get',
      bulkId: 'x',
    }));
});

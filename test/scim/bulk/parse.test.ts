import { parseBulk } from '../../../shared/scim/bulk/parse';
import type { Json } from '../../../shared/scim/resource';
import { BULK_REQUEST, PATCH_OP } from '../../../shared/scim/urns';
import { scimErrorOf } from '../../support/scim/scim-fixtures';

const BASE_URL = 'https://api.example.com/scim/v2';
const POST = { method: 'POST', path: '/Users', bulkId: 'a', data: { userName: 'ada' } };

const parse = (body: Json) => parseBulk(body, BASE_URL);
const operationOf = (operation: Json) => parse({ Operations: [operation] }).operations[0]!;

describe('parseBulk', () => {
  it('reads operations, and how many errors end the bulk', () => {
    const body = { schemas: [BULK_REQUEST], failOnErrors: 2, Operations: [POST] };
    expect(parse(body)).toEqual({ failOnErrors: 2, operations: [POST] });
    expect(parse({ Operations: [] })).toEqual({ failOnErrors: Infinity, operations: [] });
  });

  it('takes names, methods and URNs in any case', () => {
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

  it('takes null, and an empty text, for what is not there', () => {
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

  it.each([
    ['/Users/1', '/Users/1'],
    ['Users/1', 'Users/1'],
    ['/scim/v2/Users/1', '/Users/1'],
    [`${BASE_URL}/Users/1`, '/Users/1'],
    ['HTTPS://API.example.com/scim/v2/Users/1', '/Users/1'],
    ['/Users/1?attributes=userName', '/Users/1'],
    ['https://other.example.com/scim/v2/Users/1', 'https://other.example.com/scim/v2/Users/1'],
    ['/scim/v20/Users', '/scim/v20/Users'],
  ])('reads the path %s below the base URL', (path, expected) =>
    expect(operationOf({ method: 'DELETE', path }).path).toBe(expected),
  );

  it.each<[string, Json]>([
    ['a list', []],
    ['nothing', {}],
    ['operations that are no list', { Operations: POST }],
    ['another schema', { schemas: [PATCH_OP], Operations: [POST] }],
    ['no error allowed', { failOnErrors: 0, Operations: [POST] }],
    ['half an error', { failOnErrors: 1.5, Operations: [POST] }],
    ['errors as text', { failOnErrors: '1', Operations: [POST] }],
    ['a bulkId twice', { Operations: [POST, { ...POST, data: {} }] }],
    ['a bulkId twice, once not for a POST', { Operations: [POST, { method: 'GET', bulkId: 'a' }] }],
  ])('is 400 as a whole for %s', (_, body) =>
    expect(scimErrorOf(() => parse(body))).toMatchObject({ status: 400, scimType: 'invalidSyntax' }),
  );

  it.each<[string, Json, RegExp]>([
    ['GET', { method: 'GET', path: '/Users' }, /method/],
    ['no method', { path: '/Users' }, /method/],
    ['a method that is no text', { ...POST, method: 1 }, /method/],
    ['no path', { ...POST, path: null }, /path/],
    ['a path that has no UTF-8', { ...POST, path: '/Users/\ud800' }, /path/],
    ['a path that is no text', { ...POST, path: {} }, /path/],
    ['a POST without a bulkId', { ...POST, bulkId: null }, /bulkId/],
    ['a bulkId that is no text', { ...POST, bulkId: 1 }, /bulkId/],
    ['a POST without data', { ...POST, data: null }, /data/],
    ['a PATCH with a list', { method: 'PATCH', path: '/Users/1', data: [] }, /data/],
    ['a version that is no text', { method: 'DELETE', path: '/Users/1', version: 3 }, /version/],
    ['no object', 'POST /Users', /is not a JSON object/],
  ])('leaves an operation to fail alone: %s', (_, wrong, detail) => {
    const right = { ...POST, bulkId: 'other' };
    const { operations } = parse({ Operations: [wrong, right] });
    expect(operations[0]?.problem).toMatchObject({ status: 400, scimType: 'invalidSyntax' });
    expect(operations[0]?.problem?.detail).toMatch(/^Operations\[0\] /);
    expect(operations[0]?.problem?.detail).toMatch(detail);
    expect(operations[1]).toEqual(right);
  });

  it('keeps method and bulkId of what fails, for its answer', () =>
    expect(operationOf({ method: 'Get', bulkId: 'x', path: '/Users' })).toMatchObject({
      method: 'Get',
      bulkId: 'x',
    }));
});

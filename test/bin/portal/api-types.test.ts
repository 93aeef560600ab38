import { readFileSync } from 'node:fs';
import path from 'node:path';
import document from '../../../docs/admin-api.openapi.json';
import { apiTypes } from '../../../bin/portal/api-types';

const typesOf = (of: Record<string, unknown>) =>
  apiTypes({ paths: {}, components: { schemas: of, parameters: {} } });

describe('the generated types of the admin API', () => {
  it('match the document (`npm run portal:api-types` writes them)', () => {
    const written = readFileSync(path.join(__dirname, '../../../portal/src/api/schema.ts'), 'utf8');
    expect(written).toBe(apiTypes(document));
  });

  it('mark an optional property with a question mark', () => {
    const text = typesOf({
      Key: {
        type: 'object',
        properties: { id: { type: 'string' }, at: { type: 'integer' } },
        required: ['id'],
      },
    });
    expect(text).toContain('readonly id: string;');
    expect(text).toContain('readonly at?: number;');
  });

  it.each([
    ['an enumeration', { type: 'string', enum: ['a', 'b'] }, "'a' | 'b'"],
    ['several types', { type: ['integer', 'null'] }, 'number | null'],
    ['alternatives', { oneOf: [{ type: 'null' }, { type: 'boolean' }] }, 'null | boolean'],
    [
      'a list of another schema',
      { type: 'array', items: { $ref: '#/components/schemas/X' } },
      'readonly X[]',
    ],
    [
      'a list of an enumeration',
      { type: 'array', items: { type: 'string', enum: ['a', 'b'] } },
      "readonly ('a' | 'b')[]",
    ],
    ['an object of any kind', { type: 'object' }, 'Readonly<Record<string, unknown>>'],
    ['anything', {}, 'unknown'],
  ])('support %s', (_, schema, expected) => {
    expect(typesOf({ T: schema })).toContain(`export type T = ${expected};`);
  });

  it('contain the parameters, body and response of an operation', () => {
    const text = apiTypes({
      components: {
        schemas: {},
        parameters: { id: { name: 'id', in: 'path', required: true, schema: { type: 'string' } } },
      },
      paths: {
        '/things/{id}': {
          parameters: [{ $ref: '#/components/parameters/id' }],
          patch: {
            parameters: [{ name: 'limit', in: 'query', schema: { type: 'integer' } }],
            requestBody: {
              content: { 'application/json': { schema: { $ref: '#/components/schemas/Change' } } },
            },
            responses: { 200: { content: { 'application/json': { schema: { type: 'string' } } } }, 400: {} },
          },
        },
      },
    });
    expect(text).toContain("'PATCH /things/{id}'");
    expect(text).toContain('path: { id: string };');
    expect(text).toContain('query: { limit?: number };');
    expect(text).toContain('body: Change;');
    expect(text).toContain('response: string;');
  });
});

import { execFileSync } from 'node:child_process';
import path from 'node:path';
import document from '../../docs/scim-api.openapi.json';
import { parseExamples } from '../../bin/collection/bru-file';
import { apiOf } from '../../bin/collection/cases/cases-of';
import { readCollection } from '../../bin/collection/collection-files';
import { scimDocument } from '../../bin/openapi/scim-document';
import { SERVED_ROUTES } from '../../bin/openapi/served-routes';
import { responseProblems } from './response-problems';

const ROOT = path.join(__dirname, '../..');

describe('the OpenAPI document of the SCIM API', () => {
  it('is as `npm run scim:openapi` writes it', () => {
    expect(document).toEqual(JSON.parse(JSON.stringify(scimDocument())));
  });

  it('is valid OpenAPI 3.1', () => {
    // The validator is an ES module, which jest does not load. It takes a property with the name `$ref` for a
    // reference.
    const validate = `
      import { readFileSync } from 'node:fs';
      import { Validator } from '@seriousme/openapi-schema-validator';
      const text = readFileSync('docs/scim-api.openapi.json', 'utf8').replaceAll('"$ref": {', '"ref": {');
      const result = await new Validator().validate(JSON.parse(text));
      process.stdout.write(JSON.stringify(result.valid ? [] : result.errors));`;
    const printed = execFileSync(process.execPath, ['--input-type=module', '-e', validate], { cwd: ROOT });
    expect(JSON.parse(printed.toString())).toEqual([]);
  });

  it('contains exactly the existing routes, each with an id of its own', () => {
    const documented = Object.entries(document.paths).flatMap(([template, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${template}`),
    );
    expect(documented.sort()).toEqual(SERVED_ROUTES.map(({ method, path: at }) => `${method} ${at}`).sort());
    const ids = Object.values(document.paths).flatMap((methods) =>
      Object.values(methods as Record<string, { operationId: string }>).map(({ operationId }) => operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('finds a response with another name, another type, and another status', () => {
    const user = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], id: 'a' };
    const problems = (status: number, body: unknown) =>
      responseProblems({ method: 'GET', path: '/Users/a', status, body });
    expect(problems(200, user)).toEqual([]);
    expect(problems(200, { ...user, nickname: 'Ada' })).toEqual([expect.stringContaining('nickname')]);
    expect(problems(200, { ...user, active: 'true' })).toEqual([expect.stringContaining('/active')]);
    expect(problems(202, user)).toEqual(['GET /Users/{id} has no response 202.']);
    expect(problems(404, { detail: 'There is no user.' })).toHaveLength(2);
    const error = (status: number) => ({
      ...{ schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], detail: 'No.', status: String(status) },
    });
    for (const status of [404, 429, 500, 503]) expect(problems(status, error(status))).toEqual([]);
    for (const status of [409, 412, 415])
      expect(problems(status, error(status))).toEqual([`GET /Users/{id} has no response ${status}.`]);
    expect(responseProblems({ method: 'GET', path: '/Nowhere', status: 404, body: error(404) })).toEqual([]);
  });
});

const examples = readCollection()
  .filter((file) => apiOf(file).api === 'scim')
  .flatMap((file) =>
    parseExamples(file.text).map((example) => [file.path, example.name, apiOf(file).path, example] as const),
  );

it.each(examples)(
  'the recorded response of %s, "%s", is as the document says',
  (_, __, at, { request, response }) => {
    const text = response.body?.content ?? '';
    const own = /^\{\{\w+\}\}([^?]*)/.exec(request.url)?.[1] ?? at;
    const body = text.trim() === '' ? undefined : (JSON.parse(text) as unknown);
    expect(
      responseProblems({ method: request.method.toUpperCase(), path: own, status: response.status, body }),
    ).toEqual([]);
  },
);

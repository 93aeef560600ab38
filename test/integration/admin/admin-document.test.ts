import { execFileSync } from 'node:child_process';
import path from 'node:path';
import document from '../../../docs/admin-api.openapi.json';
import { ROUTE_FILES } from '../../support/http/admin-routes';
import { OPERATIONS } from './admin-document';

const ROOT = path.join(__dirname, '../../..');

const ROUTES = ROUTE_FILES.flatMap(({ routes }) => routes);

interface Parameter {
  readonly name: string;
  readonly in: string;
}

interface Documented {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: {
    readonly content: { readonly 'application/json': { readonly schema: { readonly $ref: string } } };
  };
}

function documented({ method, path: at }: { method: string; path: string }): Documented {
  const item = document.paths[at as keyof typeof document.paths] as unknown as Record<string, Documented>;
  return item[method.toLowerCase()] ?? {};
}

describe('the OpenAPI document of the admin API', () => {
  it('is valid OpenAPI 3.1', () => {
    // The validator is an ES module, which jest does not load.
    const validate = `
      import { Validator } from '@seriousme/openapi-schema-validator';
      const result = await new Validator().validate('docs/admin-api.openapi.json');
      process.stdout.write(JSON.stringify(result.valid ? [] : result.errors));`;
    const printed = execFileSync(process.execPath, ['--input-type=module', '-e', validate], { cwd: ROOT });
    expect(JSON.parse(printed.toString())).toEqual([]);
  });

  it('contains exactly the existing routes', () => {
    const served = ROUTES.map(({ method, path: at }) => `${method} ${at}`);
    const documentedOperations = OPERATIONS.map(({ method, path: at }) => `${method} ${at}`);
    expect(served.sort()).toEqual(documentedOperations.sort());
  });

  it('marks exactly the routes that only operators may use', () => {
    const served = ROUTES.filter(({ access }) => access === 'operator');
    const documentedOperations = OPERATIONS.filter(({ isOperatorOnly }) => isOperatorOnly);
    expect(served.map(({ method, path: at }) => `${method} ${at}`).sort()).toEqual(
      documentedOperations.map(({ method, path: at }) => `${method} ${at}`).sort(),
    );
  });

  it('marks exactly the routes that somebody with a setup link may use', () => {
    const served = ROUTES.filter(({ allowsSetupLink }) => allowsSetupLink);
    const documentedOperations = OPERATIONS.filter(({ allowsSetupLink }) => allowsSetupLink);
    expect(served.map(({ method, path: at }) => `${method} ${at}`).sort()).toEqual(
      documentedOperations.map(({ method, path: at }) => `${method} ${at}`).sort(),
    );
  });

  it.each(ROUTES.map((row) => [`${row.method} ${row.path}`, row] as const))(
    'contains the query parameters and body properties of %s',
    (_, row) => {
      const { parameters = [], requestBody } = documented(row);
      const query = parameters.filter((each) => each.in === 'query').map(({ name }) => name);
      expect(Object.keys(row.query?.expected ?? {}).sort()).toEqual(query.sort());
      const name = requestBody?.content['application/json'].schema.$ref.split('/').at(-1);
      const schemas = document.components.schemas as unknown as Record<string, { properties: object }>;
      const members = Object.keys((name && schemas[name]?.properties) ?? {});
      expect(Object.keys(row.body?.expected ?? {}).sort()).toEqual(members.sort());
    },
  );
});

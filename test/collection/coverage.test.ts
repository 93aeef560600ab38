import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import document from '../../docs/admin-api.openapi.json';
import { bulkRoutes } from '../../shared/http/bulk/bulk-routes';
import { discoveryRoutes } from '../../shared/http/routes/discovery-routes';
import { scimMeRoutes } from '../../shared/http/routes/me-routes';
import { scimReadinessRoutes } from '../../shared/http/diagnostics/readiness-routes';
import { resourceRoutes } from '../../shared/http/routes/resource-routes';
import { searchRoutes } from '../../shared/http/routes/search-routes';
import { DEFAULT_RATE_PLANS } from '../../shared/limits/rate-plan';
import { groupResourceType } from '../../shared/scim/resource-type';
import { userResourceType } from '../../shared/product/product';

const COLLECTION = path.resolve(__dirname, '../../collection');

/** `METHOD url` of each request, without its query. */
const requests = readdirSync(COLLECTION, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.bru'))
  .flatMap((file) => {
    const text = readFileSync(path.join(COLLECTION, file), 'utf8');
    const [, method, url] = /^(get|post|put|patch|delete) \{\n {2}url: ([^\s?]+)/m.exec(text) ?? [];
    return method && url ? [`${method.toUpperCase()} ${url}`] : [];
  });

const pattern = (method: string, base: string, template: string): RegExp =>
  new RegExp(
    `^${method} \\{\\{${base}\\}\\}${template.replace(/\{\w+\}/g, '[^/]+').replaceAll('.', '\\.')}$`,
  );

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

const adminOperations = Object.entries(document.paths).flatMap(([template, operations]) =>
  Object.keys(operations)
    .filter((method) => METHODS.includes(method))
    .map((method) => [method.toUpperCase(), template] as const),
);

it.each(adminOperations)('the collection has the admin API request %s %s', (method, template) => {
  expect(requests.filter((request) => pattern(method, 'adminUrl', template).test(request))).not.toEqual([]);
});

const unused = (): never => {
  throw new Error('The test reads these routes and does not call them.');
};

const scimRoutes = [
  ...resourceRoutes(userResourceType, unused),
  ...resourceRoutes(groupResourceType, unused),
  ...searchRoutes(unused),
  ...bulkRoutes({ routes: [], plans: DEFAULT_RATE_PLANS, now: unused, toScimError: unused, onDone: unused }),
  ...discoveryRoutes(DEFAULT_RATE_PLANS),
  ...scimReadinessRoutes(unused),
  ...scimMeRoutes(),
].map(({ method, path }) => [method === 'ANY' ? 'GET' : method, path === '/' ? '' : path] as const);

it.each(scimRoutes)('the collection has the SCIM request %s %s', (method, template) => {
  expect(requests.filter((request) => pattern(method, 'scimUrl', template).test(request))).not.toEqual([]);
});

it.each(['check', 'lease', 'jwks'])('the collection has the request %s of the license API', (path) => {
  expect(requests).toContain(`GET {{licenseUrl}}/${path}`);
});

it.each(['local', 'aws'])('the environment %s contains no secret', (environment) => {
  const text = readFileSync(path.join(COLLECTION, 'environments', `${environment}.bru`), 'utf8');
  const values = text.match(/^ {2}.*$/gm) ?? [];
  expect(values.filter((line) => !/^ {2}\w+: \{\{process\.env\.\w+\}\}$/.test(line))).toEqual([]);
});

describe('the folders of the collection', () => {
  const folders = readdirSync(COLLECTION, { recursive: true, encoding: 'utf8' })
    .filter((file) => path.basename(file) === 'folder.bru')
    .map((file) => ({
      folder: path.dirname(file),
      seq: Number(/^ {2}seq: (\d+)$/m.exec(readFileSync(path.join(COLLECTION, file), 'utf8'))?.[1]),
    }));

  it('have different places in their folder', () => {
    const places = folders.map(({ folder, seq }) => `${path.dirname(folder)} ${seq}`);
    expect(places).toEqual([...new Set(places)]);
  });

  it('have the place that their name begins with', () => {
    for (const { folder, seq } of folders) {
      const number = /^(\d+)-/.exec(path.basename(folder))?.[1];
      if (number !== undefined) expect([folder, seq]).toEqual([folder, Number(number)]);
    }
  });
});

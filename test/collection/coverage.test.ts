import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import document from '../../docs/admin-api.openapi.json';
import { ROUTES } from '../../lib/constructs/routes';

const COLLECTION = path.resolve(__dirname, '../../collection');

/** `METHOD url` of every request, without its query. */
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

it.each(adminOperations)('asks the admin API for %s %s', (method, template) => {
  expect(requests.filter((request) => pattern(method, 'adminUrl', template).test(request))).not.toEqual([]);
});

/** The paths that a client uses: of those in two spellings one is enough, and what does not exist has no address. */
const scimPaths = ROUTES.filter(
  ([route, target]) => target !== 'notFound' && !/^\/v2\/[a-z]+(\/|$)/.test(route),
).map(([route]) => route.replace(/^\/v2/, ''));

it.each([...scimPaths, '/readiness'])('asks SCIM for %s', (template) => {
  expect(requests.filter((request) => pattern('\\w+', 'scimUrl', template).test(request))).not.toEqual([]);
});

it('asks the license check', () => {
  expect(requests).toContain('GET {{licenseUrl}}/check');
});

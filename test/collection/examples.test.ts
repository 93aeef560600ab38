import document from '../../docs/admin-api.openapi.json';
import { parseExamples, withExamples } from '../../bin/collection/bru-file';
import { apiOf, casesOf } from '../../bin/collection/cases/cases-of';
import { readCollection } from '../../bin/collection/collection-files';

const files = readCollection().map((file) => ({ ...file, examples: parseExamples(file.text) }));
const byPath = files.map((file) => [file.path, file] as const);

const statusesOf = (examples: (typeof files)[number]['examples']) =>
  examples.map(({ response }) => response.status);

it.each(byPath)('%s has an example of its own response and of each usual error, and no other', (_, file) => {
  const cases = casesOf(file);
  const [own, ...others] = file.examples;
  expect(own?.request.url).toBe(file.request.url);
  expect(others.map(({ name, response }) => [name, response.status])).toEqual(
    cases.map(({ name, status }) => [name, status]),
  );
});

it.each(byPath)('%s is as the recorder writes it', (_, file) => {
  expect(withExamples(file.text, file.examples)).toBe(file.text);
});

const withErrors = byPath.filter(([path]) => !['license/mail', 'admin/1-about/openapi'].includes(path));

it.each(withErrors)('%s has an example of an error', (_, file) => {
  expect(statusesOf(file.examples).filter((status) => status >= 400)).not.toEqual([]);
});

const succeeding = byPath.filter(([, file]) => file.showsSuccess);

it.each(succeeding)('%s has an example of a success', (_, file) => {
  expect(statusesOf(file.examples).filter((status) => status < 400)).not.toEqual([]);
});

/**
 * Statuses of the admin API that the recorder cannot produce: see `admin-errors.ts`,
 * `managed-user-errors.ts`, and `subscription-errors.ts`.
 */
const NOT_RECORDED = [
  'createDomain 409',
  'changeDomain 409',
  'clearAddress 409',
  'createScimKey 409',
  'createConnection 409',
  'changeConnection 409',
  'revokeConnection 409',
  'confirmAdministratorsFromRoles 409',
  'withdrawAdministratorsFromRoles 409',
  'createClientSecret 409',
  'createTrust 409',
  'revokeCredential 409',
  'createSetupLink 409',
  'createDomainSubscription 409',
  'createDeploymentSubscription 409',
  'listDomainEvents 409',
  'listDeploymentEvents 409',
  'activateUser 400',
  'sendSetupCode 409',
  'sendSetupCode 429',
  // The collection has no administrator from a mapping.
  ...['200', '401', '403', '409', '429'].map((status) => `resendMappedInvitation ${status}`),
  // The collection opens no link, because the code is in an email.
  ...['201', '404', '409', '429'].map((status) => `openSetupLink ${status}`),
];

const operations = Object.entries(document.paths).flatMap(([template, methods]) =>
  Object.entries(methods as Record<string, { operationId?: string; responses: object }>).flatMap(
    ([method, { operationId, responses }]) =>
      operationId ? [[operationId, method.toUpperCase(), template, Object.keys(responses)] as const] : [],
  ),
);

/** Returns the template of the operation at a path: of several, the one with the fewest parameters. */
function templateOf(path: string, method: string): string | undefined {
  const patternOf = (template: string) =>
    new RegExp(`^${template.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`);
  return operations
    .filter(([, each, template]) => each === method && patternOf(template).test(path))
    .map(([, , template]) => template)
    .sort((one, other) => one.split('{').length - other.split('{').length)[0];
}

it.each(operations)(
  'the examples of %s (%s %s) have all statuses that the OpenAPI document declares',
  (...row) => {
    const [operationId, method, template, declared] = row;
    const matches = (path: string) => templateOf(path, method) === template;
    const recorded = files
      .filter((file) => apiOf(file).api === 'admin' && file.request.method === method)
      .filter((file) => matches(apiOf(file).path))
      .flatMap((file) => statusesOf(file.examples).map(String));
    expect(new Set(recorded)).toEqual(
      new Set(
        declared.filter(
          (status) => status !== 'default' && !NOT_RECORDED.includes(`${operationId} ${status}`),
        ),
      ),
    );
  },
);

it.each(byPath)('the examples of %s contain no credential and no address of a local system', (_, file) => {
  const recorded = JSON.stringify(file.examples);
  expect(recorded).not.toMatch(/scim_[0-9a-f]{8}-|scim_admin_(?!EXAMPLE|wrong|…)|eyJ[\w-]+\.eyJ/);
  expect(recorded).not.toMatch(/(scimevents|scimsecret|whsec)_(?!EXAMPLE)/);
  expect(recorded).not.toMatch(/127\.0\.0\.1|localhost/);
  expect(recorded).not.toMatch(/\b(?!XXXXX|00000)[0-9A-Z]{5}(-[0-9A-Z]{5}){4}\b/);
});

it.each(byPath)('the examples of %s contain no text in which a value is missing', (_, file) => {
  expect(JSON.stringify(file.examples.map(({ response }) => response))).not.toMatch(
    /\b(undefined|NaN)\b|\[object /,
  );
});

import { execFileSync } from 'node:child_process';
import path from 'node:path';
import type { AdminRoute } from '../../../shared/http/admin/route';
import { administratorRoutes } from '../../../shared/http/admin/routes/administrator-routes';
import { auditRoutes } from '../../../shared/http/admin/routes/audit-routes';
import { deploymentRoutes } from '../../../shared/http/admin/routes/deployment-routes';
import { domainRoutes } from '../../../shared/http/admin/routes/domain-routes';
import { healthRoutes } from '../../../shared/http/admin/routes/health-routes';
import { keyRoutes } from '../../../shared/http/admin/routes/connections/key-routes';
import { licenseRoutes } from '../../../shared/http/admin/routes/users/license-routes';
import { mailRoutes } from '../../../shared/http/admin/routes/mail-routes';
import { connectionRoutes } from '../../../shared/http/admin/routes/connections/connection-routes';
import { countRoutes, itemRoutes } from '../../../shared/http/admin/routes/verification/count-routes';
import { nameRoutes } from '../../../shared/http/admin/routes/verification/name-routes';
import { requestRoutes } from '../../../shared/http/admin/routes/request-routes';
import { setupLinkRoutes } from '../../../shared/http/admin/routes/setup-link-routes';
import { simulationRoutes } from '../../../shared/http/admin/routes/simulation-routes';
import { eventRoutes } from '../../../shared/http/admin/routes/events/event-routes';
import { subscriptionRoutes } from '../../../shared/http/admin/routes/events/subscription-routes';
import { managedUserRoutes } from '../../../shared/http/admin/managed-users/managed-user-routes';
import { userFileRoutes } from '../../../shared/http/admin/managed-users/user-file-routes';
import { setPollRoutes } from '../../../shared/http/admin/subscriptions/set-poll-routes';
import { webhookRoutes } from '../../../shared/http/admin/subscriptions/webhook-routes';
import { groupRoutes } from '../../../shared/http/admin/routes/groups/group-routes';
import { mappingRoutes } from '../../../shared/http/admin/routes/groups/mapping-routes';
import { userRoutes } from '../../../shared/http/admin/routes/users/user-routes';
import document from '../../../docs/admin-api.openapi.json';
import type { AdminBody } from '../../support/system/admin-client';
import { ANYWHERE, documentViolations, OPERATIONS } from './admin-document';

const ROOT = path.join(__dirname, '../../..');

/** The services are never called. */
const rejectAll = {} as never;
const ROUTES: readonly AdminRoute[] = [
  ...domainRoutes({ admin: rejectAll, scimBaseUrl: '' }),
  ...connectionRoutes({
    admin: rejectAll,
    confirmations: rejectAll,
    testAssertion: rejectAll,
    scimBaseUrl: '',
    now: Date.now,
  }),
  ...keyRoutes(rejectAll, Date.now),
  ...administratorRoutes({
    administrators: rejectAll,
    invitations: rejectAll,
    mapped: rejectAll,
    mappedInvitations: rejectAll,
    offers: { use: rejectAll },
    now: Date.now,
  }),
  ...licenseRoutes(rejectAll),
  ...mailRoutes(rejectAll),
  ...auditRoutes(rejectAll),
  ...userRoutes(rejectAll),
  ...managedUserRoutes(rejectAll),
  ...userFileRoutes(rejectAll),
  ...groupRoutes(rejectAll),
  ...mappingRoutes(rejectAll),
  ...healthRoutes(rejectAll),
  ...nameRoutes(rejectAll, rejectAll),
  ...countRoutes(rejectAll, rejectAll),
  ...itemRoutes(rejectAll),
  ...requestRoutes(rejectAll),
  ...setupLinkRoutes(rejectAll),
  ...deploymentRoutes(rejectAll),
  ...subscriptionRoutes(rejectAll, rejectAll),
  ...eventRoutes(rejectAll),
  ...webhookRoutes(rejectAll),
  ...setPollRoutes(rejectAll),
  ...simulationRoutes(rejectAll, ''),
];

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
    expect([...served, 'GET /openapi.json'].sort()).toEqual(documentedOperations.sort());
  });

  it('has a response for the errors that every operation can have, and for no other status', () => {
    const { description } = document.components.responses.OtherProblem;
    for (const status of ANYWHERE) expect(description).toContain(`${status} (`);
    const problemOf = (operation: (typeof OPERATIONS)[number], status: number) =>
      documentViolations(operation, {
        status,
        headers: new Headers({ 'content-type': 'application/problem+json' }),
        body: {
          type: 'about:blank',
          title: 'T',
          status,
          detail: 'D',
          requestId: 'r',
        } as unknown as AdminBody,
      });
    for (const operation of OPERATIONS) {
      for (const status of ANYWHERE) expect(problemOf(operation, status)).toEqual([]);
      expect(problemOf(operation, 418)).toEqual([expect.stringMatching(/^418 is not documented/)]);
    }
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

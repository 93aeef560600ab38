import { newId } from '../../../shared/id';
import { ADMINISTRATOR_CASES } from './administrator-cases';
import type { AdminCase } from './admin-case';
import { OPERATIONS } from './admin-document';
import { AUDIT_AND_DELETION_CASES } from './audit-and-deletion-cases';
import { CONNECTION_BODIES, CONNECTION_CASES } from './connection-cases';
import { DOMAIN_CASES } from './domain-cases';
import { SETUP_LINK_CASES } from './setup-link-cases';
import { USER_CASES } from './user-cases';

/** A valid body for each operation with a body. */
export const VALID_BODIES: Readonly<Record<string, unknown>> = {
  createDomain: { name: 'Example' },
  changeDomain: { name: 'Example' },
  createScimKey: { name: 'Example' },
  ...CONNECTION_BODIES,
  inviteAdministrator: { email: 'invited@example.com', role: 'viewer' },
  changeAdministrator: { role: 'viewer' },
  inviteOperator: { email: 'invited@example.com' },
  createSetupLink: { email: 'it@example.com' },
};

const UNKNOWN_DOMAIN = { domainId: newId() };
const DOMAIN_OPERATIONS = OPERATIONS.filter(({ path }) => path.startsWith('/domains/{domainId}'));

/**
 * The cases in the order in which they run. admin-access.engine.test.ts tests 401, 404 for members of other
 * domains, and 403 for viewers for every operation.
 */
export const ADMIN_CASES: readonly AdminCase[] = [
  ...DOMAIN_CASES,
  ...CONNECTION_CASES,
  ...ADMINISTRATOR_CASES,
  ...USER_CASES,
  ...SETUP_LINK_CASES,
  ...AUDIT_AND_DELETION_CASES,
  ...DOMAIN_OPERATIONS.map(({ operationId }) => ({
    operationId,
    status: 404,
    condition: 'the domain does not exist',
    parameters: UNKNOWN_DOMAIN,
    query: operationId === 'deleteDomain' ? 'name=Documented' : undefined,
    body: VALID_BODIES[operationId],
  })),
];

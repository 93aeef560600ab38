import { newId } from '../../../../shared/id';
import { ADMINISTRATOR_CASES } from './administrator-cases';
import type { AdminCase } from './admin-case';
import { OPERATIONS } from '../admin-document';
import { AUDIT_CASES, DELETION_CASES } from './audit-and-deletion-cases';
import { CONNECTION_BODIES, CONNECTION_CASES } from './connection-cases';
import { DOMAIN_CASES } from './domain-cases';
import { GROUP_CASES } from './group-cases';
import { MANAGED_USER_BODIES, MANAGED_USER_CASES } from './managed-user-cases';
import { MAPPING_CASES, VALID_MAPPINGS } from './mapping-cases';
import { SETUP_LINK_CASES } from './setup-link-cases';
import { SUBSCRIPTION_BODIES, SUBSCRIPTION_CASES } from './subscription-cases';
import { USER_CASES } from './user-cases';
import { SET_POLL_BODIES, SET_POLL_CASES } from './set-poll-cases';
import { WEBHOOK_BODIES, WEBHOOK_CASES } from './webhook-cases';

/** A valid body for each operation with a body. */
export const VALID_BODIES: Readonly<Record<string, unknown>> = {
  createDomain: { name: 'Example' },
  changeDomain: { name: 'Example' },
  createScimKey: { name: 'Example' },
  ...CONNECTION_BODIES,
  ...MANAGED_USER_BODIES,
  inviteAdministrator: { email: 'invited@example.com', role: 'viewer' },
  changeAdministrator: { role: 'viewer' },
  inviteOperator: { email: 'invited@example.com' },
  replaceMappings: VALID_MAPPINGS,
  previewMappings: { mappings: [] },
  createSetupLink: { email: 'it@example.com' },
  ...SUBSCRIPTION_BODIES,
  ...WEBHOOK_BODIES,
  ...SET_POLL_BODIES,
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
  ...GROUP_CASES,
  ...MAPPING_CASES,
  ...MANAGED_USER_CASES,
  ...USER_CASES,
  ...SETUP_LINK_CASES,
  // The audit cases read the last 100 events.
  ...AUDIT_CASES,
  ...SUBSCRIPTION_CASES,
  ...WEBHOOK_CASES,
  ...SET_POLL_CASES,
  ...DELETION_CASES,
  ...DOMAIN_OPERATIONS.map(({ operationId }) => ({
    operationId,
    status: 404,
    condition: 'the domain does not exist',
    parameters: UNKNOWN_DOMAIN,
    query: operationId === 'deleteDomain' ? 'name=Documented' : undefined,
    body: VALID_BODIES[operationId],
  })),
];

import type { APIGatewayAuthorizerResult, APIGatewayTokenAuthorizerEvent, Context } from 'aws-lambda';
import { adminUsageKey, type AdminCallerKind } from '../shared/admin-limits';
import { type CallerRoles, openCallerRoles } from '../shared/service/administrators/caller-roles';
import {
  ADMIN_TOKEN_ID,
  ADMIN_TOKEN_NAME,
  setupLinkCallerId,
} from '../shared/service/credentials/caller-identity';
import { SetupSessionVerifier } from '../shared/service/setup-links/setup-session-verifier';
import { hasSetupSessionPrefix } from '../shared/setup-link';
import { openTable } from '../shared/store/table/table';
import { OPERATOR, type AdminRoles } from '../shared/service/admin/admin-roles';
import { ENV, requireEnv } from '../shared/env';
import { withAuthorization } from '../shared/telemetry';
import { stagePolicy } from '../shared/http/chain/stage-policy';
import { fetchSecret } from '../shared/store/secrets/secret';
import { AdminTokenVerifier, hasAdminTokenPrefix } from '../shared/service/credentials/admin-token';
import {
  PortalTokenVerifier,
  type IssuerSettings,
} from '../shared/service/credentials/portal-token-verifier';

let adminToken: AdminTokenVerifier | undefined;
let portalUsers: PortalTokenVerifier | undefined;
let callerRoles: CallerRoles | undefined;
let setupSessions: SetupSessionVerifier | undefined;

interface Caller {
  readonly id: string;
  readonly name?: string;
  readonly kind: 'adminToken' | 'user' | 'setupLink';
  readonly roles: AdminRoles;
  /** The domain of a setup link. Its caller has no roles. */
  readonly setupDomainId?: string;
}

/**
 * Identifies the caller of the admin API by the admin token, by a portal user's ID token, or by the token of the browser
 * that opened a setup link, and charges the request to the caller's share of the limits. Reads the roles of a portal user
 * at each request. Denies a user without any role. Nothing is cached.
 *
 * The salt of the shares is the name of the function: CloudFormation generates its end at random, and no response
 * contains it.
 */
export async function handler(
  event: APIGatewayTokenAuthorizerEvent,
  context: Context,
): Promise<APIGatewayAuthorizerResult> {
  const { caller } = await withAuthorization(context, async () => {
    const caller = await callerOf(event.authorizationToken.replace(/^bearer\s+/i, ''), event.methodArn);
    return { caller, fields: logFields(caller) };
  });
  // API Gateway responds with 401 only to this message.
  if (!caller) throw new Error('Unauthorized');
  const { id, name, kind, roles, setupDomainId } = caller;
  const limitedAs = kindOf(caller);
  if (!limitedAs)
    return {
      principalId: id,
      policyDocument: stagePolicy('Deny', event.methodArn),
      // The access log shows who it was.
      context: { id },
    };
  return {
    principalId: id,
    policyDocument: stagePolicy('Allow', event.methodArn),
    context: {
      id,
      ...(name && { name }),
      kind,
      roles: JSON.stringify(roles),
      ...(setupDomainId && { setupDomainId }),
    },
    usageIdentifierKey: adminUsageKey(limitedAs, id, {
      salt: context.functionName,
      prefix: requireEnv(ENV.adminKeyPrefix),
    }),
  };
}

function logFields(caller: Caller | undefined): object {
  if (!caller) return { decision: 'refused' };
  const limitedAs = kindOf(caller);
  return { decision: limitedAs ? 'granted' : 'denied', callerId: caller.id, callerKind: limitedAs };
}

/** Returns the kind of a caller by its limit; undefined if the caller has no role. */
function kindOf({ kind, roles }: Caller): AdminCallerKind | undefined {
  if (kind === 'adminToken') return 'token';
  if (kind === 'setupLink') return 'user';
  if (roles.operator) return 'operator';
  return Object.keys(roles.domains).length > 0 ? 'user' : undefined;
}

async function callerOf(token: string, methodArn: string): Promise<Caller | undefined> {
  if (hasAdminTokenPrefix(token)) {
    adminToken ??= new AdminTokenVerifier(() => fetchSecret(requireEnv(ENV.adminTokenSecretArn)));
    const operator: Caller = {
      id: ADMIN_TOKEN_ID,
      name: ADMIN_TOKEN_NAME,
      kind: 'adminToken',
      roles: OPERATOR,
    };
    return (await adminToken.matches(token)) ? operator : undefined;
  }
  if (hasSetupSessionPrefix(token)) return setupLinkOf(token);
  const user = await verifierOfUsers()?.verify(token);
  if (!user) return undefined;
  callerRoles ??= openCallerRoles();
  const { id, name } = user;
  // The portal asks who the caller is after each sign-in.
  const roles = await callerRoles.of(user, methodArn.endsWith('/GET/v1/me'));
  return { id, ...(name !== undefined && { name }), kind: 'user', roles };
}

/** Returns the caller with a setup link. A link of a deleted domain identifies one too, but no route finds the domain. */
async function setupLinkOf(token: string): Promise<Caller | undefined> {
  setupSessions ??= new SetupSessionVerifier(openTable());
  const session = await setupSessions.verify(token);
  if (!session) return undefined;
  const { domainId, linkId, email } = session;
  const roles = { operator: false, domains: {} };
  return { id: setupLinkCallerId(linkId), name: email, kind: 'setupLink', roles, setupDomainId: domainId };
}

/** Returns the verifier of ID tokens, or undefined if the deployment accepts none. */
function verifierOfUsers(): PortalTokenVerifier | undefined {
  const issuer = process.env[ENV.issuer];
  if (issuer) portalUsers ??= new PortalTokenVerifier(JSON.parse(issuer) as IssuerSettings);
  return portalUsers;
}

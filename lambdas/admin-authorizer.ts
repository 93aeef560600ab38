import type { APIGatewayAuthorizerResult, APIGatewayTokenAuthorizerEvent, Context } from 'aws-lambda';
import { adminUsageKey, type AdminCallerKind } from '../shared/limits/admin-limits';
import { type CallerRoles, openCallerRoles } from '../shared/service/administrators/caller-roles';
import {
  ADMIN_TOKEN_ID,
  ADMIN_TOKEN_NAME,
  setupLinkCallerId,
} from '../shared/service/credentials/caller-identity';
import { hasEventTokenPrefix } from '../shared/credentials/event-token';
import { EventTokenVerifier } from '../shared/service/events/event-token-verifier';
import type { AdminCaller } from '../shared/http/admin/request';
import { openCreatorRights } from '../shared/service/setup-links/creator-rights';
import { SetupSessionVerifier } from '../shared/service/setup-links/setup-session-verifier';
import { hasSetupSessionPrefix } from '../shared/credentials/setup-link';
import { openTable } from '../shared/store/table/table';
import { OPERATOR } from '../shared/service/admin/admin-roles';
import { ENV, requireEnv } from '../shared/env';
import { withAuthorization } from '../shared/logging/telemetry';
import { stagePolicy } from '../shared/http/chain/stage-policy';
import { fetchAccepted } from '../shared/store/secrets/secret';
import {
  ADMIN_TOKEN_GRACE_MS,
  AdminTokenVerifier,
  hasAdminTokenPrefix,
} from '../shared/service/credentials/admin-token';
import {
  PortalTokenVerifier,
  type IssuerSettings,
} from '../shared/service/credentials/portal-token-verifier';

let adminToken: AdminTokenVerifier | undefined;
let portalUsers: PortalTokenVerifier | undefined;
let callerRoles: CallerRoles | undefined;
let setupSessions: SetupSessionVerifier | undefined;
let eventTokens: EventTokenVerifier | undefined;

/**
 * Identifies the caller of the admin API by the admin token, by a portal user's ID token, by the token of the
 * browser that opened a setup link, or by the events token of a product, and charges the request to the
 * caller's share of the limits. Reads the roles of a portal user at each request. Denies a user without any
 * role. Nothing is cached.
 *
 * The salt of the shares is the name of the function: CloudFormation generates its end at random, and no
 * response contains it.
 */
export async function handler(
  event: APIGatewayTokenAuthorizerEvent,
  context: Context,
): Promise<APIGatewayAuthorizerResult> {
  const { caller } = await withAuthorization(context, async () => {
    const caller = await identify(event.authorizationToken.replace(/^bearer\s+/i, ''), event.methodArn);
    return { caller, fields: logFields(caller) };
  });
  // API Gateway responds with 401 only to this message.
  if (!caller) throw new Error('Unauthorized');
  const { id, name, kind, roles, setupDomainId, feed, pollScope } = caller;
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
      ...(feed && { feed: JSON.stringify(feed) }),
      ...(pollScope && { pollScope }),
    },
    usageIdentifierKey: adminUsageKey(limitedAs, id, {
      salt: context.functionName,
      prefix: requireEnv(ENV.adminKeyPrefix),
    }),
  };
}

function logFields(caller: AdminCaller | undefined): object {
  if (!caller) return { decision: 'refused' };
  const limitedAs = kindOf(caller);
  return { decision: limitedAs ? 'granted' : 'denied', callerId: caller.id, callerKind: limitedAs };
}

/** Returns the kind of a caller by its limit; undefined if the caller has no role. */
function kindOf({ kind, roles }: AdminCaller): AdminCallerKind | undefined {
  if (kind === 'adminToken') return 'token';
  if (kind === 'setupLink' || kind === 'product') return 'user';
  if (roles.operator) return 'operator';
  return Object.keys(roles.domains).length > 0 ? 'user' : undefined;
}

async function identify(token: string, methodArn: string): Promise<AdminCaller | undefined> {
  if (hasAdminTokenPrefix(token)) {
    adminToken ??= new AdminTokenVerifier(() =>
      fetchAccepted(requireEnv(ENV.adminTokenSecretArn), ADMIN_TOKEN_GRACE_MS),
    );
    const operator: AdminCaller = {
      id: ADMIN_TOKEN_ID,
      name: ADMIN_TOKEN_NAME,
      kind: 'adminToken',
      roles: OPERATOR,
    };
    return (await adminToken.matches(token)) ? operator : undefined;
  }
  if (hasSetupSessionPrefix(token)) return setupLinkOf(token);
  if (hasEventTokenPrefix(token)) return productOf(token);
  const user = await verifierOfUsers()?.verify(token);
  if (!user) return undefined;
  callerRoles ??= openCallerRoles();
  const { id, name } = user;
  // The portal asks who the caller is after each sign-in.
  const roles = await callerRoles.of(user, methodArn.endsWith('/GET/v1/me'));
  return { id, ...(name !== undefined && { name }), kind: 'user', roles };
}

/**
 * Returns the caller with a setup link. A link of a deleted domain identifies one too, but no route finds the
 * domain.
 */
async function setupLinkOf(token: string): Promise<AdminCaller | undefined> {
  setupSessions ??= new SetupSessionVerifier(openTable(), openCreatorRights(openTable()));
  const session = await setupSessions.verify(token);
  if (!session) return undefined;
  const { domainId, linkId, email } = session;
  const roles = { operator: false, domains: {} };
  return { id: setupLinkCallerId(linkId), name: email, kind: 'setupLink', roles, setupDomainId: domainId };
}

/** Returns the product that has an events token. It reads the feed, or polls for SETs. */
async function productOf(token: string): Promise<AdminCaller | undefined> {
  eventTokens ??= new EventTokenVerifier(openTable());
  const subscription = await eventTokens.verify(token);
  if (!subscription) return undefined;
  const { scope, subscriptionId, name, kind, content, types } = subscription;
  const roles = { operator: false, domains: {} };
  const product = { id: subscriptionId, name, kind: 'product', roles } as const;
  return kind === 'setPoll'
    ? { ...product, pollScope: scope }
    : { ...product, feed: { scope, content, ...(types && { types }) } };
}

/** Returns the verifier of ID tokens, or undefined if the deployment accepts none. */
function verifierOfUsers(): PortalTokenVerifier | undefined {
  const issuer = process.env[ENV.issuer];
  if (issuer) portalUsers ??= new PortalTokenVerifier(JSON.parse(issuer) as IssuerSettings);
  return portalUsers;
}

import { Logger } from '@aws-lambda-powertools/logger';
import type { APIGatewayAuthorizerResult, APIGatewayTokenAuthorizerEvent, Context } from 'aws-lambda';
import { OPERATOR, type AdminRoles } from '../shared/admin-roles';
import { ENV, requireEnv } from '../shared/env';
import { stagePolicy } from '../shared/http/chain/stage-policy';
import { fetchSecret } from '../shared/store/secrets/secret';
import { AdminTokenCheck, looksLikeAdminToken } from '../shared/service/credentials/admin-token';
import { PortalUsers, type IssuerSettings } from '../shared/service/credentials/portal-token-verifier';

const logger = new Logger();
let adminToken: AdminTokenCheck | undefined;
let portalUsers: PortalUsers | undefined;

interface Caller {
  readonly id: string;
  readonly name?: string;
  readonly kind: 'adminToken' | 'user';
  readonly roles: AdminRoles;
}

/** Finds out who calls the admin API: the holder of the admin token, or a portal user by its ID token. Nothing is cached. */
export async function handler(
  event: APIGatewayTokenAuthorizerEvent,
  context: Context,
): Promise<APIGatewayAuthorizerResult> {
  logger.addContext(context);
  const caller = await callerOf(event.authorizationToken.replace(/^bearer\s+/i, ''));
  // The one message that API Gateway turns into its 401.
  if (!caller) throw new Error('Unauthorized');
  const { id, name, kind, roles } = caller;
  return {
    principalId: id,
    policyDocument: stagePolicy('Allow', event.methodArn),
    context: { id, ...(name && { name }), kind, roles: JSON.stringify(roles) },
  };
}

async function callerOf(token: string): Promise<Caller | undefined> {
  if (looksLikeAdminToken(token)) {
    adminToken ??= new AdminTokenCheck(() => fetchSecret(requireEnv(ENV.adminTokenSecretArn)));
    const operator: Caller = { id: 'operator', name: 'Admin token', kind: 'adminToken', roles: OPERATOR };
    return (await adminToken.matches(token)) ? operator : undefined;
  }
  portalUsers ??= new PortalUsers(JSON.parse(requireEnv(ENV.issuer)) as IssuerSettings);
  const user = await portalUsers.find(token);
  return user && { ...user, kind: 'user' };
}

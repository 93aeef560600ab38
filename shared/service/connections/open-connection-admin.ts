import type { Deployment } from '../../deployment';
import { UsageKeys } from '../../gateway/usage-keys';
import { ConnectionStore } from '../../store/credentials/connection-store';
import { CredentialStore } from '../../store/credentials/credential-store';
import { readSecret } from '../../store/secrets/secret';
import { openTable } from '../../store/table/table';
import { jwksUrlProblem } from '../assertions/jwks-url';
import { ConnectionAdmin } from './connection-admin';

/** Opens the administration of the connections of a deployment. `jwksOrigins` is its setting. */
export function openConnectionAdmin(
  deployment: Deployment,
  jwksOrigins: readonly string[],
  now = () => new Date(),
): ConnectionAdmin {
  const { tableName, keyPepperSecretArn, auditRetentionDays } = deployment;
  const table = openTable(tableName);
  return new ConnectionAdmin({
    store: new ConnectionStore(table, auditRetentionDays),
    credentials: new CredentialStore(table),
    usageKeys: new UsageKeys(deployment),
    pepper: () => readSecret(keyPepperSecretArn),
    jwksUrlProblem: (jwksUrl) => jwksUrlProblem(jwksUrl, jwksOrigins),
    auditRetentionDays,
    now,
  });
}

import type { Deployment } from '../../deployment';
import { UsageKeys } from '../../gateway/usage-keys';
import { ConnectionStore } from '../../store/credentials/connection-store';
import { CredentialStore } from '../../store/credentials/credential-store';
import { MappingStore } from '../../store/mappings/mapping-store';
import { readCurrentOf } from '../../store/secrets/secrets';
import { openTable } from '../../store/table/table';
import { jwksUrlProblem } from '../assertions/jwks-url';
import { openMappedAdministrators } from '../administrators/open-mapped-administrators';
import { ConnectionAdmin } from './connection-admin';
import { RolesConfirmationAdmin } from './roles-confirmation';

/** Opens the administration of the connections of a deployment. `jwksOrigins` is its setting. */
export function openConnectionAdmin(
  deployment: Deployment,
  jwksOrigins: readonly string[],
  now = () => new Date(),
): ConnectionAdmin {
  const { tableName, keyPepperSecretArn, auditRetentionDays } = deployment;
  const table = openTable(tableName);
  const administrators = openMappedAdministrators(table, auditRetentionDays, now);
  return new ConnectionAdmin({
    store: new ConnectionStore(table, auditRetentionDays),
    credentials: new CredentialStore(table),
    usageKeys: new UsageKeys(deployment),
    peppers: () => readCurrentOf(keyPepperSecretArn),
    jwksUrlProblem: (jwksUrl) => jwksUrlProblem(jwksUrl, jwksOrigins),
    endAdministrators: (...connection) => administrators.endConnection(...connection),
    auditRetentionDays,
    now,
  });
}

/** Opens the confirmations that connections may make portal administrators. */
export function openRolesConfirmationAdmin(
  { tableName, auditRetentionDays }: Deployment,
  now = () => new Date(),
): RolesConfirmationAdmin {
  const table = openTable(tableName);
  const administrators = openMappedAdministrators(table, auditRetentionDays, now);
  return new RolesConfirmationAdmin({
    store: new ConnectionStore(table, auditRetentionDays),
    endAdministrators: (...connection) => administrators.endConnection(...connection),
    evaluateAgain: (domainId) => new MappingStore(table, domainId).evaluateAgain(now()),
    now,
  });
}

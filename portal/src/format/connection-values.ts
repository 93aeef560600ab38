import type { Connection } from '../api/schema';
import { t } from './messages';

/** A value that a user pastes into an identity provider, with the label of its field there. */
export interface ConnectionValue {
  readonly label: string;
  readonly value: string;
}

/** Makes Entra ID send PATCH requests that comply with RFC 7644. */
const COMPLIANCE_FLAG = '?aadOptscim062020';

interface Labels {
  readonly scimUrl: string;
  readonly tokenUrl: string;
  readonly clientId: string;
}

const LABELS: Labels = { scimUrl: t('scimBaseUrl'), tokenUrl: t('tokenUrl'), clientId: t('clientId') };

/** The labels of the fields at identity providers that have other names for them. */
const PROVIDER_LABELS: Readonly<Partial<Record<Connection['identityProvider'], Labels>>> = {
  okta: { ...LABELS, scimUrl: t('scimConnectorBaseUrl') },
  'entra-id': { scimUrl: t('tenantUrl'), tokenUrl: t('tokenEndpoint'), clientId: t('clientIdentifier') },
};

const labelsOf = ({ identityProvider }: Pick<Connection, 'identityProvider'>): Labels =>
  PROVIDER_LABELS[identityProvider] ?? LABELS;

type ScimUrl = Pick<Connection, 'identityProvider' | 'scimUrl'>;

/** Returns the URL of the SCIM API, as the identity provider of the connection needs it. */
export function scimUrlValue(connection: ScimUrl): ConnectionValue {
  const flag = connection.identityProvider === 'entra-id' ? COMPLIANCE_FLAG : '';
  return { label: labelsOf(connection).scimUrl, value: connection.scimUrl + flag };
}

/** Returns what a client needs to get access tokens, except for its secret. */
export function clientValues(connection: Connection): readonly ConnectionValue[] {
  const labels = labelsOf(connection);
  return [
    scimUrlValue(connection),
    { label: labels.tokenUrl, value: connection.tokenUrl },
    { label: labels.clientId, value: connection.clientId },
  ];
}

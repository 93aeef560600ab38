import type { Connection, SetupProgress } from '../api/schema';
import { CopyField } from '../components/controls/copy-field';
import { DescriptionList } from '../components/display/description-list';
import { DocsLink } from '../components/display/docs-link';
import { CopyFields } from '../connections/copy-fields';
import { scimUrlValue } from '../format/connection-values';
import { CredentialStep } from '../guides/credential-step';
import { Step } from '../provisioning/steps';
import { EntraIdSettings } from './entra-id-settings';
import type { SetupConnection } from './use-setup-connection';

interface ProviderSettingsProps {
  readonly domain: SetupProgress['domain'];
  readonly setup: SetupConnection;
}

/** The steps that add a credential to the connection, and enter it at the identity provider. */
export function ProviderSettings({ domain, setup: { provider, selected } }: ProviderSettingsProps) {
  if (provider === 'entra-id') return <EntraIdSettings domain={domain} connection={selected} />;
  return (
    <>
      <KeyStep connection={selected} />
      <Step title="Enter it at your identity provider">
        {provider === 'okta' ? <OktaSettings domain={domain} /> : <OtherSettings domain={domain} />}
      </Step>
    </>
  );
}

/** Okta, and most other SCIM clients, authenticate with a SCIM key. */
const KeyStep = ({ connection }: { readonly connection: Connection | undefined }) => (
  <Step title="Generate a SCIM key">
    <CredentialStep connection={connection} type="scim-key">
      <p>
        The page shows the key once, together with the URL. Keep the dialog open until you have pasted both in
        the next step.
      </p>
    </CredentialStep>
  </Step>
);

type SettingsProps = Pick<ProviderSettingsProps, 'domain'>;

function OktaSettings({ domain: { scimBaseUrl } }: SettingsProps) {
  return (
    <>
      <p>
        In Okta, go to <b>Applications → Create App Integration</b>, and choose <b>SWA</b> or SAML 2.0. Under{' '}
        <b>General → App Settings → Edit</b>, choose <b>SCIM</b> for provisioning. Then enter these values
        under <b>Provisioning → Integration → Edit</b>.
      </p>
      <CopyFields values={[scimUrlValue({ identityProvider: 'okta', scimUrl: scimBaseUrl })]} />
      <CopyField label="Unique identifier field for users" noun="identifier field" value="userName" />
      <DescriptionList
        items={[
          ['Supported provisioning actions', 'Push New Users, Push Profile Updates, Push Groups'],
          ['Authentication Mode', 'HTTP Header'],
          ['Authorization (Bearer)', 'The SCIM key of the connection. Okta adds “Bearer” itself.'],
        ]}
      />
      <p>
        Choose <b>Test Connector Configuration</b>, then save. Under <b>To App → Edit</b>, enable{' '}
        <b>Create Users</b>, <b>Update User Attributes</b>, and <b>Deactivate Users</b>. Then assign one user
        under <b>Assignments</b>.
      </p>
      <DocsLink page="okta.md">License types and troubleshooting</DocsLink>
    </>
  );
}

function OtherSettings({ domain: { scimBaseUrl } }: SettingsProps) {
  return (
    <>
      <p>Enter these values where your identity provider configures SCIM 2.0 provisioning.</p>
      <CopyFields values={[scimUrlValue({ identityProvider: 'other', scimUrl: scimBaseUrl })]} />
      <DescriptionList
        items={[
          ['Authentication', 'Bearer token: the SCIM key of the connection.'],
          ['Unique identifier of users', 'userName'],
          ['Media type', 'application/scim+json'],
        ]}
      />
      <p>Test the connection, then assign one user.</p>
      <DocsLink page="api.md">SCIM API</DocsLink>
    </>
  );
}

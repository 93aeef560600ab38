import type { SetupProgress } from '../api/schema';
import { CopyField } from '../components/controls/copy-field';
import { DescriptionList } from '../components/display/description-list';
import { DocsLink } from '../components/display/docs-link';
import { Notice } from '../components/display/notice';
import { connectionUrl, type Provider } from './provider';

interface ProviderSettingsProps {
  readonly domain: SetupProgress['domain'];
  readonly provider: Provider;
}

/** Says what to enter where at the identity provider. */
export function ProviderSettings({ domain, provider }: ProviderSettingsProps) {
  switch (provider) {
    case 'okta':
      return <OktaSettings domain={domain} />;
    case 'entra-id':
      return <EntraIdSettings domain={domain} />;
    case 'other':
      return <OtherSettings domain={domain} />;
  }
}

type SettingsProps = Pick<ProviderSettingsProps, 'domain'>;

function OktaSettings({ domain: { scimBaseUrl } }: SettingsProps) {
  const { label, value } = connectionUrl('okta', scimBaseUrl);
  return (
    <>
      <p>
        In Okta, go to <b>Applications → Create App Integration</b>, and choose <b>SWA</b> or SAML 2.0. Under{' '}
        <b>General → App Settings → Edit</b>, choose <b>SCIM</b> for provisioning. Then enter these values
        under <b>Provisioning → Integration → Edit</b>.
      </p>
      <CopyField label={label} noun="base URL" value={value} />
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

function EntraIdSettings({ domain: { scimBaseUrl, ratePlan } }: SettingsProps) {
  const { label, value } = connectionUrl('entra-id', scimBaseUrl);
  return (
    <>
      {ratePlan === 'standard' && (
        <Notice tone="warning" title="Provisioning with Entra ID is slow on the Standard rate plan">
          <p>
            Ask the person who sent you the link for the Gallery plan before you provision more than a few
            users.
          </p>
        </Notice>
      )}
      <p>
        In the Entra admin center, go to{' '}
        <b>Enterprise applications → New application → Create your own application</b>, and choose “Integrate
        any other application you don’t find in the gallery”. Under <b>Provisioning</b>, choose the mode{' '}
        <b>Automatic</b> or <b>New configuration</b>, and enter these values.
      </p>
      <CopyField label={label} noun="tenant URL" value={value} />
      <DescriptionList items={[['Secret token', 'The SCIM key of the connection.']]} />
      <p>
        Choose <b>Test connection</b>, then save. Under <b>Provision on demand</b>, provision one user. If all
        steps succeed, choose <b>Start provisioning</b>.
      </p>
      <DocsLink page="entra-id.md">Mapping table and troubleshooting</DocsLink>
    </>
  );
}

function OtherSettings({ domain: { scimBaseUrl } }: SettingsProps) {
  const { label, value } = connectionUrl('other', scimBaseUrl);
  return (
    <>
      <p>Enter these values where your identity provider configures SCIM 2.0 provisioning.</p>
      <CopyField label={label} noun="base URL" value={value} />
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

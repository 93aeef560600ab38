import type { Connection, SetupProgress } from '../api/schema';
import { DescriptionList } from '../components/display/description-list';
import { DocsLink } from '../components/display/docs-link';
import { CopyFields } from '../connections/copy-fields';
import { scimUrlValue } from '../format/connection-values';
import { CredentialStep } from '../guides/credential-step';
import { OktaSteps } from '../guides/okta-steps';
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
  if (provider === 'okta')
    return (
      <>
        <OktaSteps connection={selected} />
        <DocsLink page="okta.md">License types and troubleshooting</DocsLink>
      </>
    );
  return <OtherSettings domain={domain} connection={selected} />;
}

interface OtherSettingsProps {
  readonly domain: SetupProgress['domain'];
  readonly connection: Connection | undefined;
}

/** Most SCIM clients authenticate with a SCIM key. */
function OtherSettings({ domain: { scimBaseUrl }, connection }: OtherSettingsProps) {
  return (
    <>
      <Step title="At your identity provider, enter the values of the connection">
        <p>Enter these values where your identity provider configures SCIM 2.0 provisioning.</p>
        <CopyFields values={[scimUrlValue({ identityProvider: 'other', scimUrl: scimBaseUrl })]} />
        <DescriptionList
          items={[
            ['Authentication', 'Bearer token: the SCIM key of the next step.'],
            ['Unique identifier of users', 'userName'],
            ['Media type', 'application/scim+json'],
          ]}
        />
        <DocsLink page="api.md">SCIM API</DocsLink>
      </Step>
      <Step title="Here, generate a SCIM key">
        <CredentialStep connection={connection} type="scim-key">
          <p>
            This page shows the key once. Copy it, and paste it as the bearer token at your identity provider.
          </p>
        </CredentialStep>
      </Step>
      <Step title="At your identity provider, test the connection and assign a first user">
        <p>
          If the test reports the error 401, the key is not complete: paste it again. Then assign one user,
          for example yourself. Each user gets a license and an email with the license key.
        </p>
      </Step>
    </>
  );
}

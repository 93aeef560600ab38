import type { Connection } from '../api/schema';
import { CopyField } from '../components/controls/copy-field';
import { DescriptionList } from '../components/display/description-list';
import { CopyFields } from '../connections/copy-fields';
import { scimUrlValue } from '../format/connection-values';
import { Step } from '../provisioning/steps';
import { useConnectionAccess } from '../session/access';
import { CredentialStep } from './credential-step';

/**
 * The steps that connect Okta. Its SCIM client sends a SCIM key, because it does not support client credentials. The key is the
 * last value to paste: the portal shows it once, in a dialog that covers the steps.
 */
export function OktaSteps({ connection }: { readonly connection: Connection | undefined }) {
  const { domain } = useConnectionAccess();
  return (
    <>
      <Step title="In Okta, create the app">
        <p>
          Go to <b>Applications → Create App Integration</b>. Choose <b>SWA</b>, or SAML 2.0 if the app has
          single sign-on. As the login page URL of SWA, enter any page, such as the website of the product:
          provisioning does not use it. The application username format <b>Email</b> works for most
          organizations.
        </p>
      </Step>
      <Step title="In Okta, turn on provisioning">
        <p>
          Go to <b>General → App Settings → Edit</b>. Choose <b>SCIM</b> for provisioning, and save. The{' '}
          <b>Provisioning</b> tab appears.
        </p>
      </Step>
      <Step title="In Okta, enter the values of the connection">
        <p>
          Go to <b>Provisioning → Integration → Edit</b>, and enter these values.
        </p>
        <CopyFields values={[scimUrlValue({ identityProvider: 'okta', scimUrl: domain.scimBaseUrl })]} />
        <CopyField label="Unique identifier field for users" noun="identifier field" value="userName" />
        <DescriptionList
          items={[
            ['Supported provisioning actions', 'Push New Users, Push Profile Updates, Push Groups'],
            ['Authentication Mode', 'HTTP Header'],
            ['Authorization (Bearer)', 'The SCIM key of the next step. Okta adds “Bearer” itself.'],
          ]}
        />
      </Step>
      <Step title="Here, generate a SCIM key">
        <CredentialStep connection={connection} type="scim-key">
          <p>
            This page shows the key once. Copy it, and paste it into <b>Authorization (Bearer)</b> in Okta.
          </p>
        </CredentialStep>
      </Step>
      <Step title="In Okta, test and save">
        <p>
          Choose <b>Test Connector Configuration</b>. Okta shows a check mark for each action that you
          selected. Then save. If Okta reports the error 401, the key is not complete: paste it again.
        </p>
      </Step>
      <Step title="In Okta, choose the actions">
        <p>
          Go to <b>Provisioning → To App → Edit</b>. Enable <b>Create Users</b>, <b>Update User Attributes</b>
          , and <b>Deactivate Users</b>. Do not enable Sync Password.
        </p>
      </Step>
      <Step title="In Okta, assign a first user">
        <p>
          Assign one user under <b>Assignments</b>, for example yourself. Each assigned user gets a license
          and an email with the license key. Under <b>Push Groups</b>, you can push groups.
        </p>
      </Step>
    </>
  );
}

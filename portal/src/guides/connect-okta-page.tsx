import { CopyField } from '../components/controls/copy-field';
import { DescriptionList } from '../components/display/description-list';
import { DocsLink } from '../components/display/docs-link';
import { PageHeader } from '../layout/page-header';
import { useAccess } from '../session/access';
import { CredentialStep } from './credential-step';
import { GuideConnectionCard } from './guide-connection-card';
import { Step, Steps } from '../provisioning/steps';
import { useGuideConnection } from './use-guide-connection';

/** The guide for Okta. Okta's SCIM client sends a SCIM key, because it does not support client credentials. */
export function ConnectOktaPage() {
  const { domain } = useAccess();
  const guide = useGuideConnection('okta');
  return (
    <>
      <PageHeader
        title="Connect Okta"
        description="You need to be an app administrator in Okta. The setup takes about ten minutes."
      />
      <GuideConnectionCard guide={guide} defaultName="Okta" />
      <Steps>
        <Step title="Create the app">
          <p>
            Go to <b>Applications → Create App Integration</b>. Choose <b>SWA</b>, or SAML 2.0 if the app has
            single sign-on. The application username format <b>Email</b> works for most organizations.
          </p>
        </Step>
        <Step title="Turn on provisioning">
          <p>
            Go to <b>General → App Settings → Edit</b>. Choose <b>SCIM</b> for provisioning, and save. The{' '}
            <b>Provisioning</b> tab appears.
          </p>
        </Step>
        <Step title="Generate a SCIM key">
          <CredentialStep connection={guide.selected} type="scim-key">
            <p>
              The portal shows the key once, together with the URL. Keep the dialog open until you have pasted
              both in the next step.
            </p>
          </CredentialStep>
        </Step>
        <Step title="Configure the connection">
          <p>
            Go to <b>Provisioning → Integration → Edit</b>, and enter these values.
          </p>
          <CopyField label="SCIM connector base URL" noun="base URL" value={domain.scimBaseUrl} />
          <CopyField label="Unique identifier field for users" noun="identifier field" value="userName" />
          <DescriptionList
            items={[
              ['Supported provisioning actions', 'Push New Users, Push Profile Updates, Push Groups'],
              ['Authentication Mode', 'HTTP Header'],
              ['Authorization (Bearer)', 'The SCIM key. Okta adds “Bearer” itself.'],
            ]}
          />
        </Step>
        <Step title="Test and save">
          <p>
            Choose <b>Test Connector Configuration</b>. Okta shows a check mark for each action that you
            selected. Then save.
          </p>
        </Step>
        <Step title="Choose the actions">
          <p>
            Go to <b>Provisioning → To App → Edit</b>. Enable <b>Create Users</b>,{' '}
            <b>Update User Attributes</b>, and <b>Deactivate Users</b>. Do not enable Sync Password.
          </p>
        </Step>
        <Step title="Assign users">
          <p>
            Assign users under <b>Assignments</b>. Each one gets a license and an email with the license key.
            Under <b>Push Groups</b>, push the groups that you want to see here.
          </p>
        </Step>
      </Steps>
      <DocsLink page="okta.md">License types and troubleshooting</DocsLink>
    </>
  );
}

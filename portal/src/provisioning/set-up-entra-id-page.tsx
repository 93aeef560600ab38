import { CopyField } from '../components/controls/copy-field';
import { DocsLink } from '../components/display/docs-link';
import { Notice } from '../components/display/notice';
import { PageHeader } from '../layout/page-header';
import { ConnectionStatus } from './connection-status';
import { Step, Steps } from './steps';
import { useAccess } from '../session/access';
import { GenerateKeyStep } from '../credentials/generate-key-step';

/** Makes Entra ID send PATCH requests that comply with RFC 7644. */
const COMPLIANCE_FLAG = '?aadOptscim062020';

export function SetUpEntraIdPage() {
  const { domain } = useAccess();
  const tenantUrl = domain.scimBaseUrl + COMPLIANCE_FLAG;
  return (
    <>
      <PageHeader
        title="Set up Entra ID"
        description="You need the Application Administrator role in Microsoft Entra ID. The setup takes about ten minutes."
      />
      <ConnectionStatus />
      {domain.ratePlan === 'standard' && (
        <Notice tone="warning" title="This domain has the Standard rate plan">
          <p>
            Entra ID sends more requests than this plan allows, so provisioning is slow. Ask the operator of
            the service for the Gallery plan before you provision more than a few users.
          </p>
        </Notice>
      )}
      <Steps>
        <Step title="Create the application">
          <p>
            In the Entra admin center, go to{' '}
            <b>Enterprise applications → New application → Create your own application</b>, and choose
            “Integrate any other application you don’t find in the gallery”.
          </p>
        </Step>
        <Step title="Generate an API key">
          <GenerateKeyStep url={{ label: 'Tenant URL', value: tenantUrl }} />
        </Step>
        <Step title="Configure the connection">
          <p>
            Under <b>Provisioning</b>, choose the mode <b>Automatic</b>. Newer versions of the page have{' '}
            <b>New configuration</b> instead. Enter the API key as the secret token.
          </p>
          <CopyField label="Tenant URL" noun="tenant URL" value={tenantUrl} />
          <p>
            Choose <b>Test connection</b>, then save.
          </p>
        </Step>
        <Step title="Check the mappings">
          <p>
            Change one default mapping: map <b>objectId</b> to <b>externalId</b>, because the value of the
            default source can change. Keep all others. The mapping of <b>active</b> ends licenses.
          </p>
          <p>
            The license key is sent to the address in “mail”. If a user has none, the key waits until you add
            one.
          </p>
        </Step>
        <Step title="Choose the users">
          <p>
            Under <b>Settings → Scope</b>, choose “Sync only assigned users and groups”. Then assign users and
            groups under <b>Users and groups</b>.
          </p>
        </Step>
        <Step title="Test one user, then start">
          <p>
            <b>Provision on demand</b> shows each step for one user. If all steps succeed, choose{' '}
            <b>Start provisioning</b>. A provisioning cycle starts every 20 to 40 minutes.
          </p>
        </Step>
      </Steps>
      <DocsLink page="entra-id.md">Mapping table and troubleshooting</DocsLink>
    </>
  );
}

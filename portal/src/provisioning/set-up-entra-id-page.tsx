import { CopyField } from '../components/controls/copy-field';
import { DocsLink } from '../components/display/docs-link';
import { Notice } from '../components/display/notice';
import { PageHeader } from '../layout/page-header';
import { ConnectionStatus } from './connection-status';
import { Step, Steps } from './steps';
import { useAccess } from '../session/access';
import { GenerateKeyStep } from '../credentials/generate-key-step';

/** Makes Entra ID send PATCH as RFC 7644 has it. */
const COMPLIANCE_FLAG = '?aadOptscim062020';

export function SetUpEntraIdPage() {
  const { domain } = useAccess();
  const tenantUrl = domain.scimBaseUrl + COMPLIANCE_FLAG;
  return (
    <>
      <PageHeader
        title="Set up Entra ID"
        description="You need to be an Application Administrator in Microsoft Entra ID. It takes ten minutes."
      />
      <ConnectionStatus />
      {domain.ratePlan === 'standard' && (
        <Notice tone="warning" title="The rate plan of this domain is Standard">
          <p>
            Entra ID sends more than it allows, and is slowed down. Ask the operator of the service for the
            plan Gallery before you provision more than a few people.
          </p>
        </Notice>
      )}
      <Steps>
        <Step title="Create the application">
          <p>
            <b>
              Entra admin center → Enterprise applications → New application → Create your own application
            </b>
            : “Integrate any other application you don’t find in the gallery”.
          </p>
        </Step>
        <Step title="Generate an API key">
          <GenerateKeyStep url={{ label: 'Tenant URL', value: tenantUrl }} />
        </Step>
        <Step title="Fill in the connection">
          <p>
            <b>Provisioning</b>, mode <b>Automatic</b> (in newer pages: New configuration). The secret token
            is the API key.
          </p>
          <CopyField label="Tenant URL" noun="tenant URL" value={tenantUrl} />
          <p>
            <b>Test connection</b>, then save.
          </p>
        </Step>
        <Step title="Check the mappings">
          <p>
            The defaults work. Change one: map <b>objectId</b> to <b>externalId</b>, since the default may
            change. Keep the mapping of <b>active</b>: licenses end by it.
          </p>
          <p>Every user needs a mail address in “mail”; the license key goes there.</p>
        </Step>
        <Step title="Choose who is provisioned">
          <p>
            <b>Settings → Scope</b>: “Sync only assigned users and groups”. Assign them under{' '}
            <b>Users and groups</b>.
          </p>
        </Step>
        <Step title="Try one, then start">
          <p>
            <b>Provision on demand</b> for one user shows each step. If all is well: <b>Start provisioning</b>
            . A cycle begins every 20 to 40 minutes.
          </p>
        </Step>
      </Steps>
      <DocsLink page="entra-id.md">The whole mapping table, and what to do when something fails</DocsLink>
    </>
  );
}

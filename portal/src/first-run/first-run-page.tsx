import { useState } from 'react';
import { Link } from 'react-router';
import { useCreateDomain, useDeploymentChecks, useMe } from '../api/domains';
import type { DomainSummary, RatePlan } from '../api/schema';
import { Button } from '../components/controls/button';
import { Form } from '../components/controls/form';
import { SelectField } from '../components/controls/select-field';
import { TextField } from '../components/controls/text-field';
import { Notice } from '../components/display/notice';
import { ProblemNotice } from '../components/display/problem-notice';
import { ServiceText } from '../components/display/service-text';
import { Skeleton } from '../components/display/skeleton';
import { RATE_PLANS } from '../format/labels';
import { PageHeader } from '../layout/page-header';
import { TopBar } from '../layout/top-bar';
import { Step, Steps } from '../provisioning/steps';
import { CreateSetupLinkDialog } from '../setup/create-setup-link-dialog';
import { InviteOwner } from './invite-owner';
import { StatusItem, StatusList } from '../setup/status-list';
import { t } from './messages';

/** The first steps of an operator: from an empty deployment to a setup link for the first customer. */
export function FirstRunPage() {
  const me = useMe();
  const [domain, setDomain] = useState<DomainSummary>();
  return (
    <>
      <TopBar role={me.data?.operator ? 'operator' : undefined} />
      <main className="page page-narrow" id="main" tabIndex={-1}>
        <PageHeader title={t('firstSteps')} description={t('emptyDeploymentFirstUserFirst')} />
        <Steps>
          <Step title={t('checkTheDeployment')}>
            <DeploymentChecks />
          </Step>
          <Step title={t('createDomainCustomer')}>
            {domain ? (
              <Notice tone="good" title={t('theDomainNameExists', { name: domain.name })}>
                <p>
                  <Link to={`/domains/${domain.domainId}/users`}>{t('openTheDomain')}</Link>
                </p>
              </Notice>
            ) : (
              <CreateDomain onCreated={setDomain} />
            )}
          </Step>
          <Step title={t('inviteTheOwner')}>
            {domain ? <InviteOwner domainId={domain.domainId} /> : <p>{t('createTheDomainFirst')}</p>}
          </Step>
          <Step title={t('sendASetupLink')}>
            <SendLink domain={domain} />
          </Step>
        </Steps>
      </main>
    </>
  );
}

const STATES = { ok: 'done', missing: 'failed', unknown: 'waiting' } as const;

function DeploymentChecks() {
  const checks = useDeploymentChecks();
  return (
    <>
      {checks.error && <ProblemNotice error={checks.error} onRetry={() => void checks.refetch()} />}
      {checks.isPending && <Skeleton lines={4} />}
      {checks.data && (
        <StatusList>
          {checks.data.items.map(({ check, status, found, action }) => (
            <StatusItem key={check} state={STATES[status]} title={<ServiceText>{found}</ServiceText>}>
              {action && <ServiceText>{action}</ServiceText>}
            </StatusItem>
          ))}
        </StatusList>
      )}
      <div>
        <Button isPending={checks.isFetching} onPress={() => void checks.refetch()}>
          {t('checkAgain')}
        </Button>
      </div>
    </>
  );
}

function CreateDomain({ onCreated }: { readonly onCreated: (domain: DomainSummary) => void }) {
  const create = useCreateDomain();
  const [name, setName] = useState('');
  const [ratePlan, setRatePlan] = useState<RatePlan>('standard');
  const submit = () => create.mutate({ name: name.trim(), ratePlan }, { onSuccess: onCreated });
  return (
    <Form className="setup-code" help="portal.md#first-steps" isPending={create.isPending} onSubmit={submit}>
      <TextField
        label={t('name')}
        description={t('nameOrganizationPortalShows')}
        value={name}
        onChange={setName}
        isRequired
        maxLength={100}
      />
      <SelectField
        label={t('ratePlan')}
        description={t('limitsRequestsIdentityProviderChoose')}
        options={RATE_PLANS}
        value={ratePlan}
        onChange={setRatePlan}
      />
      {create.error && <ProblemNotice error={create.error} />}
      <div>
        <Button type="submit" variant="primary" isPending={create.isPending}>
          {t('createDomain')}
        </Button>
      </div>
    </Form>
  );
}

function SendLink({ domain }: { readonly domain: DomainSummary | undefined }) {
  const [creating, setCreating] = useState(false);
  return (
    <>
      <p>
        {t('administratorCustomerConnectsIdentityProvider')}{' '}
        {domain ? t('seeProgressPagesDomain') : t('createTheDomainFirst')}
      </p>
      <div>
        <Button variant="primary" isDisabled={!domain} onPress={() => setCreating(true)}>
          {t('createSetupLink')}
        </Button>
      </div>
      {domain && creating && (
        <CreateSetupLinkDialog domainId={domain.domainId} onClose={() => setCreating(false)} />
      )}
    </>
  );
}

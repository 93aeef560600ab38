import { useState } from 'react';
import type { ProviderId } from '../../../shared/simulator/provider-id';
import type { Connection } from '../api/schema';
import { Button } from '../components/controls/button';
import { SelectField } from '../components/controls/select-field';
import { Card } from '../components/display/card';
import { DocsLink } from '../components/display/docs-link';
import { ProblemNotice } from '../components/display/problem-notice';
import { useConnectionAccess } from '../session/access';
import { TestResults } from './test-results';
import { useConnectionTest } from './use-connection-test';
import { t } from './messages';

const PROVIDER_NAMES: Readonly<Record<ProviderId, string>> = {
  okta: 'Okta',
  entra: 'Microsoft Entra ID',
  onelogin: 'OneLogin',
  jumpcloud: 'JumpCloud',
  keycloak: 'Keycloak',
};

const SIMULATED: Readonly<Record<Connection['identityProvider'], ProviderId>> = {
  okta: 'okta',
  'entra-id': 'entra',
  other: 'onelogin',
};

interface ConnectionTestProps {
  readonly connection: Connection;
}

/** A card with the test of a connection. */
export const ConnectionTestCard = ({ connection }: ConnectionTestProps) => (
  <Card title={t('testThisConnection')} description={t('sendsWhatIdentityProviderSends')}>
    <ConnectionTest connection={connection} />
  </Card>
);

/** Sends the requests of the identity provider of a connection, and shows the result of each step. */
export function ConnectionTest({ connection }: ConnectionTestProps) {
  const { domain } = useConnectionAccess();
  const [provider, setProvider] = useState(SIMULATED[connection.identityProvider]);
  const { test, results, progress, stop } = useConnectionTest(domain.domainId);
  return (
    <>
      <div className="form form-wide">
        <SelectField
          label={t('requestsToSimulate')}
          options={PROVIDER_NAMES}
          value={provider}
          onChange={setProvider}
          isDisabled={test.isPending}
        />
        {test.error && <ProblemNotice error={test.error} onRetry={() => test.mutate(provider)} />}
        <div className="button-row">
          <Button isPending={test.isPending} onPress={() => test.mutate(provider)}>
            {t('testThisConnection')}
          </Button>
          {test.isPending && <Button onPress={stop}>{t('stopTheTest')}</Button>}
        </div>
        {progress && (
          <div className="test-progress">
            <progress aria-label={t('progressOfTheTest')} max={progress.allSteps} value={progress.steps} />
            <p className="subtle">
              {t('stepOf', { step: progress.steps + 1, steps: progress.allSteps })}: {progress.title}
            </p>
          </div>
        )}
      </div>
      {results.length > 0 && <TestResults results={results} outcome={test.data} />}
      <DocsLink page="simulator.md">{t('aboutConnectionTests')}</DocsLink>
    </>
  );
}

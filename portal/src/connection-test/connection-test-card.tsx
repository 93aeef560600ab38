import { useState } from 'react';
import type { ProviderId } from '../../../shared/simulator/provider-id';
import type { Connection } from '../api/schema';
import { Button } from '../components/controls/button';
import { SelectField } from '../components/controls/select-field';
import { Card } from '../components/display/card';
import { ProblemNotice } from '../components/display/problem-notice';
import { useConnectionAccess } from '../session/access';
import { TestResults } from './test-results';
import { useConnectionTest } from './use-connection-test';

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

/** Plays what the identity provider of a connection sends, and shows the result of each step. */
export function ConnectionTestCard({ connection }: { readonly connection: Connection }) {
  const { domain } = useConnectionAccess();
  const [provider, setProvider] = useState(SIMULATED[connection.identityProvider]);
  const { test, results, progress, stop } = useConnectionTest(domain.domainId);
  return (
    <Card
      title="Test this connection"
      description="Sends what the identity provider sends: it creates, changes, and deletes two users and a group whose names end in @simulator.invalid. They get no license and no email. The test has a credential of its own, which ends after the test."
    >
      <div className="form form-wide">
        <SelectField
          label="Requests to simulate"
          options={PROVIDER_NAMES}
          value={provider}
          onChange={setProvider}
          isDisabled={test.isPending}
        />
        {test.error && <ProblemNotice error={test.error} onRetry={() => test.mutate(provider)} />}
        <div className="button-row">
          <Button isPending={test.isPending} onPress={() => test.mutate(provider)}>
            Test this connection
          </Button>
          {test.isPending && <Button onPress={stop}>Stop the test</Button>}
        </div>
        {progress && (
          <div className="test-progress">
            <progress aria-label="Progress of the test" max={progress.allSteps} value={progress.steps} />
            <p className="subtle">
              Step {progress.steps + 1} of {progress.allSteps}: {progress.title}
            </p>
          </div>
        )}
      </div>
      {results.length > 0 && <TestResults results={results} outcome={test.data} />}
    </Card>
  );
}

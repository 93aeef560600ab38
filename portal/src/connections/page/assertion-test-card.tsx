import { useState } from 'react';
import { useTestAssertion } from '../../api/connections/credentials';
import type { Connection } from '../../api/schema';
import { Button } from '../../components/controls/button';
import { Form } from '../../components/controls/form';
import { TextAreaField } from '../../components/controls/text-area-field';
import { Card } from '../../components/display/card';
import { ProblemNotice } from '../../components/display/problem-notice';
import { useConnectionAccess } from '../../session/access';
import { AssertionChecks } from './assertion-checks';
import { t } from '../messages';

/** Tests an assertion against the trusts of the connection, and shows each check. */
export function AssertionTestCard({ connection }: { readonly connection: Connection }) {
  const { domain } = useConnectionAccess();
  const [assertion, setAssertion] = useState('');
  const test = useTestAssertion({ domainId: domain.domainId, connectionId: connection.connectionId });
  const change = (text: string) => {
    setAssertion(text);
    // The result belongs to the previous assertion.
    test.reset();
  };
  return (
    <Card title={t('testAnAssertion')} description={t('showsChecksAssertionPassesTest')}>
      <Form
        className="form form-wide"
        help="portal.md#a-connection"
        isPending={test.isPending}
        onSubmit={() => test.mutate(assertion.trim())}
      >
        <TextAreaField
          label={t('assertion')}
          description={t('jsonWebTokenIdentityProvider')}
          rows={5}
          value={assertion}
          onChange={change}
          isRequired
          autoComplete="off"
        />
        {test.error && <ProblemNotice error={test.error} />}
        <div>
          <Button type="submit" isPending={test.isPending} isDisabled={assertion.trim() === ''}>
            {t('testAssertion')}
          </Button>
        </div>
      </Form>
      {test.data && <AssertionChecks test={test.data} />}
    </Card>
  );
}

import { useState } from 'react';
import { useLocation } from 'react-router';
import { Button } from '../components/button';
import { CentredPage } from '../components/centred-page';
import { Notice } from '../components/notice';
import { useProductName } from '../session/deployment';
import { useSession } from '../session/session';

export function SignIn() {
  const { signIn, ended } = useSession();
  const { pathname, search } = useLocation();
  const productName = useProductName();
  const [state, setState] = useState<'idle' | 'leaving' | 'failed'>('idle');
  const start = () => {
    setState('leaving');
    signIn(pathname + search).catch(() => setState('failed'));
  };
  return (
    <CentredPage title={`${productName} licenses`}>
      <p>See who holds a license, connect your identity provider, and look up what happened.</p>
      {ended && state === 'idle' && (
        <Notice tone="info" title="Your session has ended">
          <p>Sign in again; you come back to this page.</p>
        </Notice>
      )}
      {state === 'failed' && (
        <Notice tone="bad" title="The sign-in page cannot be reached" isAlert>
          <p>Check your connection, then try again.</p>
        </Notice>
      )}
      <Button look="primary" isPending={state === 'leaving'} onPress={start}>
        Sign in
      </Button>
    </CentredPage>
  );
}

import { useState } from 'react';
import { useSession } from './session';
import { Button } from '../components/controls/button';
import { Notice } from '../components/display/notice';

interface SignInButtonProps {
  /** The path to return to. */
  readonly returnTo: string;
  /** @default 'Sign in' */
  readonly children?: string;
}

/** Goes to the issuer, or shows an error if the issuer cannot be reached. */
export function SignInButton({ returnTo, children = 'Sign in' }: SignInButtonProps) {
  const { signIn } = useSession();
  const [state, setState] = useState<'idle' | 'leaving' | 'failed'>('idle');
  const start = () => {
    setState('leaving');
    signIn(returnTo).catch(() => setState('failed'));
  };
  return (
    <>
      {state === 'failed' && (
        <Notice tone="bad" title="The sign-in page cannot be reached" isAlert>
          <p>Check your connection, then try again.</p>
        </Notice>
      )}
      <Button variant="primary" isPending={state === 'leaving'} onPress={start}>
        {children}
      </Button>
    </>
  );
}

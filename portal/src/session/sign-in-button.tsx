import { useState } from 'react';
import { useSession } from './session';
import { Button } from '../components/controls/button';
import { Notice } from '../components/display/notice';
import { t } from './messages';

interface SignInButtonProps {
  /** The path to return to. */
  readonly returnTo: string;
  /** @default 'Sign in' */
  readonly children?: string;
}

/** Goes to the issuer, or shows an error if the issuer cannot be reached. */
export function SignInButton({ returnTo, children = t('signIn') }: SignInButtonProps) {
  const { signIn } = useSession();
  const [state, setState] = useState<'idle' | 'leaving' | 'failed'>('idle');
  const start = () => {
    setState('leaving');
    signIn(returnTo).catch(() => setState('failed'));
  };
  return (
    <>
      {state === 'failed' && (
        <Notice tone="bad" title={t('signPageCannotReached')} isAlert>
          <p>{t('checkConnectionTryAgain')}</p>
        </Notice>
      )}
      <Button variant="primary" isPending={state === 'leaving'} onPress={start}>
        {children}
      </Button>
    </>
  );
}

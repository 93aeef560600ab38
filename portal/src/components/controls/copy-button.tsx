import { Button } from 'react-aria-components';
import { Icon } from '../display/icon';
import { useEffect, useState } from 'react';
import { t } from './messages';

const RESULT_VISIBLE_MS = 2_500;

export type CopyState = 'idle' | 'copied' | 'failed';

/**
 * Returns a function that copies to the clipboard, and its result for a short time. Calls `onCopy` on
 * success.
 */
function useCopy(onCopy?: () => void): [CopyState, (text: string) => void] {
  const [state, setState] = useState<CopyState>('idle');
  useEffect(() => {
    if (state === 'idle') return;
    const timer = setTimeout(() => setState('idle'), RESULT_VISIBLE_MS);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = (text: string) => {
    navigator.clipboard.writeText(text).then(
      () => {
        setState('copied');
        onCopy?.();
      },
      () => setState('failed'),
    );
  };
  return [state, copy];
}

interface CopyButtonProps {
  readonly text: string;
  /** Completes "Copy …" for screen readers. */
  readonly noun: string;
  /** Called after the text was copied. */
  readonly onCopy?: () => void;
}

export function CopyButton({ text, noun, onCopy }: CopyButtonProps) {
  const [state, copy] = useCopy(onCopy);
  const label = state === 'copied' ? t('copied') : state === 'failed' ? t('copyItManually') : t('copy');
  return (
    <>
      <Button
        className="button button-secondary copy-button"
        aria-label={t('copyNoun', { noun })}
        onPress={() => copy(text)}
      >
        <Icon name={state === 'copied' ? 'check' : 'copy'} />
        <span>{label}</span>
      </Button>
      <span className="visually-hidden" role="status">
        {state === 'copied' && t('theNounWasCopied', { noun })}
        {state === 'failed' && t('browserNotCopyNounSelect', { noun })}
      </span>
    </>
  );
}

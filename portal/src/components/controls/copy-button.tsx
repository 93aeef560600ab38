import { Button } from 'react-aria-components';
import { Icon } from '../display/icon';
import { useEffect, useState } from 'react';

const RESULT_VISIBLE_MS = 2_500;

export type CopyState = 'idle' | 'copied' | 'failed';

/** Copies to the clipboard, and says for a while how that went; `onCopy` is called when it went well. */
export function useCopy(onCopy?: () => void): [CopyState, (text: string) => void] {
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
  /** Completes "Copy …" for those who hear the page. */
  readonly noun: string;
  /** Called when it was copied. */
  readonly onCopy?: () => void;
}

export function CopyButton({ text, noun, onCopy }: CopyButtonProps) {
  const [state, copy] = useCopy(onCopy);
  const label = state === 'copied' ? 'Copied' : state === 'failed' ? 'Select and copy it yourself' : 'Copy';
  return (
    <>
      <Button
        className="button button-secondary copy-button"
        aria-label={`Copy ${noun}`}
        onPress={() => copy(text)}
      >
        <Icon name={state === 'copied' ? 'check' : 'copy'} />
        <span>{label}</span>
      </Button>
      <span className="visually-hidden" role="status">
        {state === 'copied' && `The ${noun} is copied.`}
        {state === 'failed' && `The browser did not copy the ${noun}. Select it and copy it yourself.`}
      </span>
    </>
  );
}

import { useEffect, useState } from 'react';

const SHOWN_MS = 2_500;

export type CopyState = 'idle' | 'copied' | 'failed';

/** Copies to the clipboard, and says for a while how that went; `onCopy` is called when it went well. */
export function useCopy(onCopy?: () => void): [CopyState, (text: string) => void] {
  const [state, setState] = useState<CopyState>('idle');
  useEffect(() => {
    if (state === 'idle') return;
    const timer = setTimeout(() => setState('idle'), SHOWN_MS);
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

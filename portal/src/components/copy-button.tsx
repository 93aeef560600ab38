import { Button } from 'react-aria-components';
import { Icon } from './icon';
import { useCopy } from './use-copy';

/** `what` completes "Copy …" for those who hear the page. */
export function CopyButton({ text, what }: { readonly text: string; readonly what: string }) {
  const [state, copy] = useCopy();
  const label = state === 'copied' ? 'Copied' : state === 'failed' ? 'Select and copy it yourself' : 'Copy';
  return (
    <>
      <Button
        className="button button-secondary copy-button"
        aria-label={`Copy ${what}`}
        onPress={() => copy(text)}
      >
        <Icon name={state === 'copied' ? 'check' : 'copy'} />
        <span>{label}</span>
      </Button>
      <span className="visually-hidden" role="status">
        {state === 'copied' && `The ${what} is copied.`}
        {state === 'failed' && `The browser did not copy the ${what}. Select it and copy it yourself.`}
      </span>
    </>
  );
}

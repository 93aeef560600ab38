import { useState } from 'react';
import { Button } from '../components/controls/button';
import { useAccess } from '../session/access';
import { GenerateKeyDialog } from './generate-key-dialog';
import type { ConnectionUrl } from './generated-key-dialog';

/** Offers a key in the middle of a guide. */
export function GenerateKeyStep({ url }: { readonly url: ConnectionUrl }) {
  const { mayChange } = useAccess();
  const [generating, setGenerating] = useState(false);
  if (!mayChange) {
    return <p>Ask an owner of this domain for an API key; it is shown only to who generates it.</p>;
  }
  return (
    <>
      <p>
        The key is shown once, with the URL that goes with it. Keep both open until you have pasted them in
        the next step.
      </p>
      <div>
        <Button icon="key" onPress={() => setGenerating(true)}>
          Generate new API key
        </Button>
      </div>
      {generating && <GenerateKeyDialog url={url} onClose={() => setGenerating(false)} />}
    </>
  );
}

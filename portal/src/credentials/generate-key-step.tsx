import { useState } from 'react';
import { Button } from '../components/controls/button';
import { useAccess } from '../session/access';
import { GenerateKeyDialog } from './generate-key-dialog';
import type { ConnectionUrl } from './generated-key-dialog';

/** The step of a guide that generates a key. */
export function GenerateKeyStep({ url }: { readonly url: ConnectionUrl }) {
  const { mayChange } = useAccess();
  const [generating, setGenerating] = useState(false);
  if (!mayChange) {
    return <p>Ask an owner of this domain to generate an API key. The portal shows the key only once.</p>;
  }
  return (
    <>
      <p>
        The portal shows the key once, together with the URL. Keep the dialog open until you have pasted both
        in the next step.
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

import { useState } from 'react';
import { Button } from '../components/button';
import { useAccess } from '../session/access';
import { GenerateKeyDialog } from './generate-key-dialog';

/** Offers a key in the middle of a guide. */
export function KeyStep() {
  const { mayChange } = useAccess();
  const [generating, setGenerating] = useState(false);
  if (!mayChange)
    return <p>Ask an owner of this domain for an API key; it is shown only to who generates it.</p>;
  return (
    <>
      <p>The key is shown once. Keep the dialog open until you have pasted it.</p>
      <div>
        <Button icon="key" onPress={() => setGenerating(true)}>
          Generate new API key
        </Button>
      </div>
      {generating && <GenerateKeyDialog onClose={() => setGenerating(false)} />}
    </>
  );
}

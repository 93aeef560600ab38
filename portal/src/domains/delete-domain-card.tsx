import { useState } from 'react';
import type { Domain } from '../api/schema';
import { Button } from '../components/controls/button';
import { Card } from '../components/display/card';
import { DeleteDomainDialog } from '../pages/delete-domain-dialog';

export function DeleteDomainCard({ domain }: { readonly domain: Domain }) {
  const [asking, setAsking] = useState(false);
  return (
    <Card
      title="Delete the domain"
      tone="danger"
      description="Ends all its licenses and removes its users, groups, keys and history."
      action={
        <Button look="danger" onPress={() => setAsking(true)}>
          Delete domain
        </Button>
      }
    >
      {asking && <DeleteDomainDialog domain={domain} onClose={() => setAsking(false)} />}
    </Card>
  );
}

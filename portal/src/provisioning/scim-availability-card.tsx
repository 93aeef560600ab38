import { useState } from 'react';
import { useChangeDomain } from '../api/domains';
import type { Domain } from '../api/schema';
import { ConfirmDialog } from '../components/controls/confirm-dialog';
import { Switch } from '../components/controls/switch';
import { Card } from '../components/display/card';
import { ProblemNotice } from '../components/display/problem-notice';
import { Tag } from '../components/display/tag';
import { useAnnounce } from '../layout/announcer';

/** Lets an operator make SCIM available to a domain or not. Its owners switch SCIM on and off themselves. */
export function ScimAvailabilityCard({ domain }: { readonly domain: Domain }) {
  const change = useChangeDomain(domain.domainId);
  const announce = useAnnounce();
  const [confirming, setConfirming] = useState(false);
  const { scimAvailable } = domain;
  const requestChange = (isAvailable: boolean) => {
    change.reset();
    if (!isAvailable) return setConfirming(true);
    change.mutate({ scimAvailable: true }, { onSuccess: () => announce('SCIM is available.') });
  };
  return (
    <Card
      title="SCIM availability"
      aside={
        <Tag tone={scimAvailable ? 'good' : 'neutral'}>{scimAvailable ? 'Available' : 'Not available'}</Tag>
      }
      description={
        scimAvailable
          ? 'The owners of this domain can enable and disable SCIM.'
          : 'SCIM requests are refused, and owners are told whom to contact.'
      }
      action={
        <Switch isSelected={scimAvailable} isDisabled={change.isPending} onChange={requestChange}>
          Make SCIM available
        </Switch>
      }
    >
      {change.error && !confirming && <ProblemNotice error={change.error} />}
      {confirming && (
        <ConfirmDialog
          title="Make SCIM unavailable?"
          confirmLabel="Make unavailable"
          isPending={change.isPending}
          error={change.error}
          onClose={() => setConfirming(false)}
          onConfirm={() =>
            change.mutate(
              { scimAvailable: false },
              {
                onSuccess: () => {
                  announce('SCIM is not available. Requests are now refused.');
                  setConfirming(false);
                },
              },
            )
          }
        >
          <p>All requests from the identity provider of this domain will be refused.</p>
          <p>Users, licenses, and credentials do not change.</p>
        </ConfirmDialog>
      )}
    </Card>
  );
}

import { useState } from 'react';
import { useChangeDomain } from '../api/domains';
import type { Domain } from '../api/schema';
import { useAnnounce } from '../components/announcer';
import { Card } from '../components/card';
import { ConfirmDialog } from '../components/confirm-dialog';
import { CopyField } from '../components/copy-field';
import { ProblemNotice } from '../components/problem-notice';
import { Switch } from '../components/switch';
import { Tag } from '../components/tag';
import { useAccess } from '../session/access';

/** Whether the identity provider gets in, and where it has to go. */
export function ScimSwitchCard({ domain }: { readonly domain: Domain }) {
  const { mayChange } = useAccess();
  const change = useChangeDomain(domain.domainId);
  const announce = useAnnounce();
  const [asking, setAsking] = useState(false);
  const set = (scimEnabled: boolean) =>
    change.mutate(
      { scimEnabled },
      {
        onSuccess: () => {
          setAsking(false);
          announce(scimEnabled ? 'SCIM is enabled.' : 'SCIM is disabled. Requests are refused from now on.');
        },
      },
    );
  const isOn = domain.scimEnabled;
  return (
    <Card
      title="SCIM"
      aside={<Tag tone={isOn ? 'good' : 'neutral'}>{isOn ? 'Enabled' : 'Disabled'}</Tag>}
      description={
        isOn
          ? 'Your identity provider may create, change and deactivate users.'
          : 'Requests of your identity provider are refused. Users keep their licenses.'
      }
      action={
        mayChange && (
          <Switch
            isSelected={isOn}
            isDisabled={change.isPending}
            onChange={(on) => (on ? set(true) : setAsking(true))}
          >
            Enable SCIM
          </Switch>
        )
      }
    >
      {change.error && !asking && <ProblemNotice error={change.error} />}
      <CopyField
        label="SCIM base URL"
        what="SCIM base URL"
        value={domain.scimBaseUrl}
        description="Goes into the configuration of your identity provider."
      />
      <ConfirmDialog
        title="Disable SCIM?"
        confirm="Disable SCIM"
        isOpen={asking}
        isPending={change.isPending}
        error={change.error}
        onClose={() => setAsking(false)}
        onConfirm={() => set(false)}
      >
        <p>From then on every request of your identity provider is refused, and it will report errors.</p>
        <p>
          Users and licenses stay as they are. You can enable it again at any time; the API keys stay good.
        </p>
      </ConfirmDialog>
    </Card>
  );
}

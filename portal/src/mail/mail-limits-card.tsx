import { useState } from 'react';
import { useChangeDomain } from '../api/domains';
import type { Domain } from '../api/schema';
import { ConfirmDialog } from '../components/controls/confirm-dialog';
import { Switch } from '../components/controls/switch';
import { Card } from '../components/display/card';
import { DescriptionList } from '../components/display/description-list';
import { ProblemNotice } from '../components/display/problem-notice';
import { Tag } from '../components/display/tag';
import { useAnnounce } from '../layout/announcer';
import { useAccess } from '../session/access';
import { formatNumber } from '../i18n/catalog';
import { MailLimitsForm } from './mail-limits-form';

/** Shows the limits on the emails of a domain, and whether they are paused. Only operators can change them. */
export function MailLimitsCard({ domain }: { readonly domain: Domain }) {
  const { isOperator } = useAccess();
  const change = useChangeDomain(domain.domainId);
  const pause = useChangeDomain(domain.domainId);
  const announce = useAnnounce();
  const [confirming, setConfirming] = useState(false);
  const { mailPaused, mailsPerHour, mailMinutesPerAddress } = domain;
  const requestPause = (isPaused: boolean) => {
    pause.reset();
    if (isPaused) return setConfirming(true);
    pause.mutate({ mailPaused: false }, { onSuccess: () => announce('Emails are resumed.') });
  };
  return (
    <Card
      title="Emails"
      aside={<Tag tone={mailPaused ? 'bad' : 'good'}>{mailPaused ? 'Paused' : 'Enabled'}</Tag>}
      description={
        isOperator
          ? 'Emails over a limit wait. Each user gets one email with the current state of the license.'
          : 'Only the operator of the service can change these settings.'
      }
      action={
        isOperator && (
          <Switch isSelected={mailPaused} isDisabled={pause.isPending} onChange={requestPause}>
            Pause emails
          </Switch>
        )
      }
    >
      {pause.error && !confirming && <ProblemNotice error={pause.error} />}
      {isOperator ? (
        <MailLimitsForm key={`${mailsPerHour}/${mailMinutesPerAddress}`} domain={domain} change={change} />
      ) : (
        <DescriptionList
          items={[
            ['Emails per hour', mailsPerHour === null ? 'Default' : formatNumber(mailsPerHour)],
            [
              'Minutes between emails to one address',
              mailMinutesPerAddress === null ? 'Default' : formatNumber(mailMinutesPerAddress),
            ],
          ]}
        />
      )}
      {confirming && (
        <ConfirmDialog
          title="Pause emails?"
          confirmLabel="Pause emails"
          isPending={pause.isPending}
          error={pause.error}
          onClose={() => setConfirming(false)}
          onConfirm={() =>
            pause.mutate(
              { mailPaused: true },
              {
                onSuccess: () => {
                  announce('Emails are paused.');
                  setConfirming(false);
                },
              },
            )
          }
        >
          <p>
            The users of this domain get no license keys and notices, and nobody is reminded of credentials
            that expire.
          </p>
          <p>The emails wait until you resume them.</p>
        </ConfirmDialog>
      )}
    </Card>
  );
}

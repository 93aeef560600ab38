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
import { t } from './messages';

/**
 * Shows the limits on the emails of a domain, and whether they are paused. Only operators can change them.
 */
export function MailLimitsCard({ domain }: { readonly domain: Domain }) {
  const { isOperator } = useAccess();
  const pause = useChangeDomain(domain.domainId);
  const announce = useAnnounce();
  const [confirming, setConfirming] = useState(false);
  const { mailPaused, mailsPerHour, mailMinutesPerAddress } = domain;
  const requestPause = (isPaused: boolean) => {
    pause.reset();
    if (isPaused) return setConfirming(true);
    pause.mutate({ mailPaused: false }, { onSuccess: () => announce(t('emailsAreResumed')) });
  };
  return (
    <Card
      title={t('emails')}
      aside={<Tag tone={mailPaused ? 'bad' : 'good'}>{mailPaused ? t('paused') : t('enabled')}</Tag>}
      description={isOperator ? t('emailsOverLimitWaitEach') : t('onlyOperatorServiceChangeSettings')}
      action={
        isOperator && (
          <Switch isSelected={mailPaused} isDisabled={pause.isPending} onChange={requestPause}>
            {t('pauseEmails')}
          </Switch>
        )
      }
    >
      {pause.error && !confirming && <ProblemNotice error={pause.error} />}
      {isOperator ? (
        <MailLimitsForm key={domain.domainId} domain={domain} />
      ) : (
        <DescriptionList
          items={[
            [t('emailsPerHour'), mailsPerHour === null ? t('default') : formatNumber(mailsPerHour)],
            [
              t('minutesBetweenEmailsOneAddress'),
              mailMinutesPerAddress === null ? t('default') : formatNumber(mailMinutesPerAddress),
            ],
          ]}
        />
      )}
      {confirming && (
        <ConfirmDialog
          title={t('pauseEmailsQuestion')}
          confirmLabel={t('pauseEmails')}
          isPending={pause.isPending}
          error={pause.error}
          onClose={() => setConfirming(false)}
          onConfirm={() =>
            pause.mutate(
              { mailPaused: true },
              {
                onSuccess: () => {
                  announce(t('emailsArePaused'));
                  setConfirming(false);
                },
              },
            )
          }
        >
          <p>{t('usersDomainGetNoLicense')}</p>
          <p>{t('emailsWaitUntilResumeThem')}</p>
        </ConfirmDialog>
      )}
    </Card>
  );
}

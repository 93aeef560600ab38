import { useState } from 'react';
import type { useChangeDomain } from '../api/domains';
import type { Domain } from '../api/schema';
import { OptionalNumberField } from '../components/controls/optional-number-field';
import { SettingsForm } from '../components/controls/settings-form';
import { t } from './messages';

const MAX_PER_HOUR = 1_000_000;
const DAY_IN_MINUTES = 1_440;

interface MailLimitsFormProps {
  readonly domain: Domain;
  readonly change: ReturnType<typeof useChangeDomain>;
}

/** The limits on the emails of a domain. An empty field is the default of the deployment. */
export function MailLimitsForm({ domain, change }: MailLimitsFormProps) {
  const [mailsPerHour, setPerHour] = useState(domain.mailsPerHour);
  const [mailMinutesPerAddress, setMinutes] = useState(domain.mailMinutesPerAddress);
  return (
    <SettingsForm
      values={{ mailsPerHour, mailMinutesPerAddress }}
      isChanged={
        mailsPerHour !== domain.mailsPerHour || mailMinutesPerAddress !== domain.mailMinutesPerAddress
      }
      change={change}
      savedMessage={t('limitsEmailsSaved')}
    >
      <OptionalNumberField
        label={t('emailsPerHour')}
        description={t('maximumNumberEmailsDomainLeave')}
        min={1}
        max={MAX_PER_HOUR}
        value={mailsPerHour}
        onChange={setPerHour}
      />
      <OptionalNumberField
        label={t('minutesBetweenEmailsOneAddress')}
        description={t('zeroMeansNoLimit')}
        min={0}
        max={DAY_IN_MINUTES}
        value={mailMinutesPerAddress}
        onChange={setMinutes}
      />
    </SettingsForm>
  );
}

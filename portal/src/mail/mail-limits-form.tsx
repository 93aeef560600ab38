import { useChangeDomain } from '../api/domains';
import type { Domain } from '../api/schema';
import { OptionalNumberField } from '../components/controls/optional-number-field';
import { SettingsForm } from '../components/controls/settings-form';
import { changedValues } from '../edits/changed-values';
import { useEdits } from '../edits/use-edits';
import { t } from './messages';

const MAX_PER_HOUR = 1_000_000;
const DAY_IN_MINUTES = 1_440;

/** The limits on the emails of a domain. An empty field is the default of the deployment. */
export function MailLimitsForm({ domain }: { readonly domain: Domain }) {
  const change = useChangeDomain(domain.domainId);
  const stored = { mailsPerHour: domain.mailsPerHour, mailMinutesPerAddress: domain.mailMinutesPerAddress };
  const { fields, edit, drop } = useEdits(stored);
  return (
    <SettingsForm
      changes={changedValues(fields, stored)}
      change={change}
      help="portal.md#domain-and-seats-readiness"
      onSaved={drop}
      savedMessage={t('limitsEmailsSaved')}
    >
      <OptionalNumberField
        label={t('emailsPerHour')}
        description={t('maximumNumberEmailsDomainLeave')}
        min={1}
        max={MAX_PER_HOUR}
        value={fields.mailsPerHour}
        onChange={(mailsPerHour) => edit({ mailsPerHour })}
      />
      <OptionalNumberField
        label={t('minutesBetweenEmailsOneAddress')}
        description={t('zeroMeansNoLimit')}
        min={0}
        max={DAY_IN_MINUTES}
        value={fields.mailMinutesPerAddress}
        onChange={(mailMinutesPerAddress) => edit({ mailMinutesPerAddress })}
      />
    </SettingsForm>
  );
}

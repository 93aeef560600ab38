import { PageHeader } from '../layout/page-header';
import { useAccess } from '../session/access';
import { DeleteDomainCard } from './delete-domain-card';
import { DomainForm } from './domain-form';
import { RateUsageCard } from '../diagnostics/rate-usage-card';
import { ScimAvailabilityCard } from '../provisioning/scim-availability-card';
import { MailLimitsCard } from '../mail/mail-limits-card';
import { LicenseUsageCard } from '../licenses/license-usage-card';
import { SeatsCard } from '../licenses/seats-card';
import { t } from './messages';

export function DomainSettingsPage() {
  const { domain, isOperator } = useAccess();
  return (
    <>
      <PageHeader title={t('domainAndSeats')} description={t('nameEmailsSeatsDomain')} />
      <DomainForm domain={domain} />
      <SeatsCard domain={domain} />
      <LicenseUsageCard domain={domain} />
      <MailLimitsCard domain={domain} />
      <RateUsageCard domain={domain} />
      {isOperator && <ScimAvailabilityCard domain={domain} />}
      {isOperator && <DeleteDomainCard domain={domain} />}
    </>
  );
}

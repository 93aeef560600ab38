import { Notice } from '../components/display/notice';
import { useContactText } from '../session/deployment';
import { t } from './messages';

/** Says that the operator does not make SCIM available to the domain, and whom to contact. */
export function ScimUnavailableNotice() {
  const contactText = useContactText();
  return (
    <Notice tone="warning" title={t('scimNotAvailableDomain')}>
      <p>{t('allRequestsIdentityProviderRefusedUsers')}</p>
      <p>{contactText}</p>
    </Notice>
  );
}

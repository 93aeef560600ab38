import type { Invitation } from '../api/schema';
import { CopyField } from '../components/controls/copy-field';
import { Notice } from '../components/display/notice';
import { ServiceText } from '../components/display/service-text';
import { t } from './messages';

/** Says what to do if an invitation could not be emailed. */
export function UnsentInvitationNotice({ invitation }: { readonly invitation: Invitation | undefined }) {
  if (invitation?.mailProblem === undefined) return null;
  return (
    <Notice tone="warning" title={t('theInvitationWasNotEmailed')}>
      <p>
        <ServiceText>{invitation.mailProblem}</ServiceText>{' '}
        {t('sendAddressYourself', { email: invitation.email })}
      </p>
      <CopyField label={t('portal')} noun={t('address')} value={`${window.location.origin}/`} />
    </Notice>
  );
}

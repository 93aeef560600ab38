import type { SetupProgress } from '../api/schema';
import { useRequestAccount } from '../api/setup';
import { UnsentInvitationNotice } from '../administrators/unsent-invitation-notice';
import { Button } from '../components/controls/button';
import { Notice } from '../components/display/notice';
import { SetupProblem } from './setup-problem';
import { t } from './messages';

interface AccountOfferProps {
  readonly domainId: string;
  readonly account: NonNullable<SetupProgress['account']>;
}

/** Offers an account of their own to the person with a setup link. */
export function AccountOffer({ domainId, account }: AccountOfferProps) {
  const request = useRequestAccount(domainId);
  if (request.data) {
    if (request.data.mailProblem !== undefined) return <UnsentInvitationNotice invitation={request.data} />;
    return (
      <Notice tone="good" title={t('invitationSentEmail', { email: account.email })}>
        <p>{t('followEmailSignAccountStays')}</p>
      </Notice>
    );
  }
  return (
    <>
      <p>{t(`accountOffer.${account.role}`)}</p>
      {request.error && <SetupProblem error={request.error} />}
      <div>
        <Button icon="person" isPending={request.isPending} onPress={() => request.mutate(account)}>
          {t('inviteMeToAnAccount')}
        </Button>
      </div>
    </>
  );
}

import type { SetupProgress } from '../api/schema';
import { useRequestAccount } from '../api/setup';
import { UnsentInvitationNotice } from '../administrators/unsent-invitation-notice';
import { Button } from '../components/controls/button';
import { Notice } from '../components/display/notice';
import { SetupProblem } from './setup-problem';

interface AccountOfferProps {
  readonly domainId: string;
  readonly account: NonNullable<SetupProgress['account']>;
}

const ROLES = {
  owner: 'view and change this domain',
  viewer: 'view this domain',
} as const;

/** Offers an account of their own to the person with a setup link. */
export function AccountOffer({ domainId, account }: AccountOfferProps) {
  const request = useRequestAccount(domainId);
  if (request.data) {
    if (request.data.mailProblem !== undefined) return <UnsentInvitationNotice invitation={request.data} />;
    return (
      <Notice tone="good" title={`The invitation was sent to ${account.email}`}>
        <p>Follow the email to sign in. The account stays when this link has expired.</p>
      </Notice>
    );
  }
  return (
    <>
      <p>This link expires. With an account of your own, you can {ROLES[account.role]} at any time.</p>
      {request.error && <SetupProblem error={request.error} />}
      <div>
        <Button icon="person" isPending={request.isPending} onPress={() => request.mutate(account)}>
          Invite me to an account
        </Button>
      </div>
    </>
  );
}

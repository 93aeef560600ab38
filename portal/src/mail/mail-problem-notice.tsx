import type { MailProblem, User } from '../api/schema';
import { useClearAddress, useResendMail } from '../api/users';
import { useAnnounce } from '../layout/announcer';
import { Button } from '../components/controls/button';
import { Notice } from '../components/display/notice';
import { ProblemNotice } from '../components/display/problem-notice';
import { Time } from '../components/display/time';
import { useAccess } from '../session/access';
import { ServiceText } from '../components/display/service-text';
import { t } from './messages';

const PROBLEM_TITLES: Readonly<Record<MailProblem['kind'], string>> = {
  bounced: t('emailsNotReachUser'),
  complained: t('userMarkedEmailSpam'),
  refused: t('emailCouldNotSent'),
};

/** Explains why emails do not reach a user, and clears the suppression of the address. */
export function MailProblemNotice({ user }: { readonly user: User }) {
  const { domain, mayChange } = useAccess();
  const announce = useAnnounce();
  const clear = useClearAddress(domain.domainId);
  const resend = useResendMail(domain.domainId);
  const { mailProblem: problem, email = '', status } = user.license ?? {};
  // The notice stays if the email could not be sent again after the address was cleared.
  if (!problem) return resend.error && <ProblemNotice error={resend.error} />;
  const isSuppressed = problem.kind !== 'refused';
  // A license that waits for a seat has no key to send.
  const isKeySent = status === 'active';
  const sendAgain = () =>
    resend.mutate(user.userId, { onSuccess: () => announce(t('keyEmailedAgain', { email })) });
  const allow = () =>
    clear.mutate(email, {
      onSuccess: isKeySent
        ? sendAgain
        : () => announce(t('addressCanReceiveEmailsAgain', { address: email })),
    });
  return (
    <>
      <Notice
        tone="warning"
        title={PROBLEM_TITLES[problem.kind]}
        action={
          mayChange &&
          isSuppressed && (
            <Button isPending={clear.isPending || resend.isPending} onPress={allow}>
              {isKeySent ? t('allowEmailsAndResend') : t('allowEmails')}
            </Button>
          )
        }
      >
        <p>
          {email}, <Time at={problem.at} />
          {problem.detail && (
            <>
              : “<ServiceText>{problem.detail}</ServiceText>”
            </>
          )}
        </p>
        <p>{remedyOf(user, isSuppressed)}</p>
      </Notice>
      {clear.error && <ProblemNotice error={clear.error} />}
    </>
  );
}

/** Says where the address can be corrected: at the manager of the user. */
function remedyOf({ managedBy }: User, isSuppressed: boolean): string {
  if (managedBy === 'administrator')
    return isSuppressed ? t('serviceSendsNoEmailsEditUser') : t('editUserToCorrectAddress');
  return isSuppressed ? t('serviceSendsNoEmailsAddress') : t('correctAddressIdentityProviderResend');
}

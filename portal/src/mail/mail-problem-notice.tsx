import type { MailProblem, User } from '../api/schema';
import { useClearAddress } from '../api/users';
import { useAnnounce } from '../layout/announcer';
import { Button } from '../components/controls/button';
import { Notice } from '../components/display/notice';
import { ProblemNotice } from '../components/display/problem-notice';
import { Time } from '../components/display/time';
import { useAccess } from '../session/access';

const PROBLEM_TITLES: Readonly<Record<MailProblem['kind'], string>> = {
  bounced: 'Mails do not reach this user',
  complained: 'This user marked a mail as spam',
  refused: 'The mail could not be sent',
};

/** Says what keeps mails from a user, and ends it. */
export function MailProblemNotice({ user }: { readonly user: User }) {
  const { domain, mayChange } = useAccess();
  const announce = useAnnounce();
  const clear = useClearAddress(domain.domainId);
  const { mailProblem: problem, email = '' } = user.license ?? {};
  if (!problem) return null;
  const isHeldBack = problem.kind !== 'refused';
  return (
    <>
      <Notice
        tone="warning"
        title={PROBLEM_TITLES[problem.kind]}
        action={
          mayChange &&
          isHeldBack && (
            <Button
              isPending={clear.isPending}
              onPress={() =>
                clear.mutate(email, {
                  onSuccess: () => announce(`Mails go to ${email} again. Resend the mail to try it.`),
                })
              }
            >
              Clear bounce
            </Button>
          )
        }
      >
        <p>
          {email}, <Time at={problem.at} />
          {problem.detail && <>: “{problem.detail}”</>}
        </p>
        <p>
          {isHeldBack
            ? 'No mail goes there any more. Correct the address in your identity provider; or, if it is right and works again, clear the bounce and resend the mail.'
            : 'Correct the address in your identity provider, then resend the mail.'}
        </p>
      </Notice>
      {clear.error && <ProblemNotice error={clear.error} />}
    </>
  );
}

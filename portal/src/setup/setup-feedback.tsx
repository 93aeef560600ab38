import type { ReactNode } from 'react';
import type { SetupProgress } from '../api/schema';
import { Icon, type IconName } from '../components/display/icon';
import { Time } from '../components/display/time';
import { visible } from '../format/visible';

/** Shows what has arrived, while the administrator works at the identity provider. */
export function SetupFeedback({
  progress: { requests, users, mails },
}: {
  readonly progress: SetupProgress;
}) {
  return (
    <>
      <p>This list updates itself every few seconds.</p>
      <ul className="setup-feedback" aria-live="polite">
        <Item isDone={requests.lastAt !== undefined} title="First request">
          {requests.lastAt ? (
            <>
              Your identity provider is connected. Last request: <Time at={requests.lastAt} />
            </>
          ) : (
            'Waiting for your identity provider. It sends a request when you test the connection.'
          )}
        </Item>
        {requests.refused.map(({ at, request, status, reason }) => (
          <Item key={at} hasFailed title={`Refused: ${request} (${status})`}>
            {reason ? visible(reason) : 'No reason was given.'} <Time at={at} />
          </Item>
        ))}
        <Item isDone={users.count > 0} title="First user">
          {users.count > 0
            ? `${users.count} ${users.count === 1 ? 'user' : 'users'} arrived.`
            : 'Waiting for a user. Assign one at your identity provider.'}
        </Item>
        <Item
          isDone={mails.firstSentAt !== undefined}
          hasFailed={mails.problem !== undefined}
          title="First email"
        >
          {mails.firstSentAt ? (
            <>
              The license key was emailed to the first user <Time at={mails.firstSentAt} />.
            </>
          ) : (
            (MAIL_PROBLEMS[mails.problem ?? ''] ??
            'Waiting. Each active user gets an email with a license key.')
          )}
        </Item>
      </ul>
    </>
  );
}

const MAIL_PROBLEMS: Readonly<Record<string, string>> = {
  'no-address':
    'The first user has no email address. Map the attribute emails at your identity provider, and send the user again.',
  failed: 'The email could not be sent. Tell the person who sent you the link.',
  suppressed: 'An earlier email to the address bounced. Correct the address at your identity provider.',
  bounced: 'The email bounced. Correct the address at your identity provider.',
};

interface ItemProps {
  readonly isDone?: boolean;
  readonly hasFailed?: boolean;
  readonly title: string;
  readonly children: ReactNode;
}

function Item({ isDone = false, hasFailed = false, title, children }: ItemProps) {
  const [icon, state]: [IconName, string] = isDone
    ? ['success', 'done']
    : hasFailed
      ? ['error', 'failed']
      : ['clock', 'waiting'];
  return (
    <li className={`setup-item setup-item-${state}`}>
      <Icon name={icon} />
      <div>
        <p className="setup-item-title">
          {title}
          <span className="visually-hidden">: {state}</span>
        </p>
        <p>{children}</p>
      </div>
    </li>
  );
}

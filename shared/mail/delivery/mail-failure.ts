import type { MailRef } from '../../store/mail/mail-item';

/** A message of the queue of mails that nobody tries to send any more. */
export interface MailFailure extends MailRef {
  readonly error: string;
}

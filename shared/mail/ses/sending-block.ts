/**
 * The setting that an operator must fix before SES accepts any email:
 *
 * - `permission`: the function's role or the account may not send
 * - `account`: the account's sending is paused
 * - `configurationSet`: the configuration set is missing, or its sending is paused
 * - `sender`: the identity of the sender, or its MAIL FROM domain, is not verified
 */
export type SendingBlock = 'permission' | 'account' | 'configurationSet' | 'sender';

/**
 * SES accepts no email until an operator acts. A later retry succeeds, so no email is lost. In the message,
 * local parts of addresses are masked.
 */
export class SendingBlocked extends Error {
  override readonly name = 'SendingBlocked';

  constructor(
    message: string,
    readonly block: SendingBlock,
  ) {
    super(message);
  }
}

/** The names of errors without their suffix `Exception`, which only some of them have. */
const BLOCKS = new Map<string, SendingBlock>([
  ['AccessDenied', 'permission'],
  ['InvalidClientTokenId', 'permission'],
  ['NotAuthorized', 'permission'],
  ['OptInRequired', 'permission'],
  ['UnrecognizedClient', 'permission'],
  ['AccountSendingPaused', 'account'],
  ['ConfigurationSetDoesNotExist', 'configurationSet'],
  ['ConfigurationSetSendingPaused', 'configurationSet'],
  ['MailFromDomainNotVerified', 'sender'],
]);

/** Returns why SES accepts no email from `sender`, or undefined if the error has another cause. */
export function sendingBlock(
  { name, message }: { readonly name: string; readonly message: string },
  sender: string,
): SendingBlock | undefined {
  // SES lists the identities that are not verified. In the sandbox, the address of the recipient may be one.
  if (name === 'MessageRejected')
    return /not verified/i.test(message) && message.toLowerCase().includes(sender.toLowerCase())
      ? 'sender'
      : undefined;
  return BLOCKS.get(name.replace(/Exception$/, ''));
}

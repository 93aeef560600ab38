import type { AccessDenied } from '../../cloud/iam/access-denied';
import type { Permission } from '../../cloud/iam/permission';
import { arn, REGION } from '../../cloud/template/account';
import type { SesAccount } from './account';
import { type ErrorAnswer, queryError } from './faults';

/** A request of SES API v1 to send an email. */
export interface SendRequest {
  /** The address without the name of the sender. */
  readonly from: string;
  readonly fromName: string | undefined;
  readonly recipients: readonly string[];
  readonly configurationSet: string | undefined;
}

export function readSendRequest(fields: URLSearchParams): SendRequest {
  const source = fields.get('Source') ?? '';
  const [, name, address] = /^\s*"?(.*?)"?\s*<([^<>]*)>\s*$/.exec(source) ?? [];
  const recipients = [...fields].flatMap(([key, value]) =>
    /^Destination\.(To|Cc|Bcc)Addresses\.member\.\d+$/.test(key) ? [value] : [],
  );
  return {
    from: address ?? source,
    fromName: name,
    recipients,
    configurationSet: fields.get('ConfigurationSetName') ?? undefined,
  };
}

/**
 * Returns the permissions that a send needs: on the sender's identity, on the configuration set, and in the
 * sandbox on the identities of the recipients too.
 */
export function sendPermissions(
  { from, fromName, recipients, configurationSet }: SendRequest,
  account: SesAccount,
): Permission[] {
  const addresses = account.state.sandbox ? [from, ...recipients] : [from];
  const resources = [
    ...addresses.map((address) => `identity/${account.identityOf(address)}`),
    ...(configurationSet === undefined ? [] : [`configuration-set/${configurationSet}`]),
  ];
  const context = {
    'ses:FromAddress': from,
    'ses:Recipients': recipients,
    ...(fromName !== undefined && { 'ses:FromDisplayName': fromName }),
  };
  return resources.map((resource) => ({ action: 'ses:SendEmail', resource: arn('ses', resource), context }));
}

/**
 * Returns the error response of SES to a request that its account cannot send; undefined if it can, and is
 * counted.
 */
export function accountRefusal(
  { from, recipients, configurationSet }: SendRequest,
  account: SesAccount,
): ErrorAnswer | undefined {
  const failed = account.unverified(from, recipients);
  if (failed.length > 0)
    return queryError(
      400,
      'MessageRejected',
      'Email address is not verified. The following identities failed the check in region ' +
        `${REGION.toUpperCase()}: ${failed.join(', ')}`,
    );
  if (configurationSet !== undefined && !account.hasConfigurationSet(configurationSet))
    return queryError(
      400,
      'ConfigurationSetDoesNotExist',
      `Configuration set <${configurationSet}> does not exist.`,
    );
  const limit = account.countSend(recipients);
  return limit === undefined ? undefined : queryError(400, 'Throttling', limit);
}

/** SES quotes the parts of its refusals in its own way. */
export const deniedText = ({ principalArn, permission: { action, resource } }: AccessDenied): string =>
  `User \`${principalArn}' is not authorized to perform \`${action}' on resource \`${resource}'`;

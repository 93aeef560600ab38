import type { SenderStatus } from '../../mail/ses/sender-status';

/** What a deployment needs before its first customer, in the order in which it is listed. */
export const DEPLOYMENT_CHECKS = [
  'sender',
  'production-access',
  'sending',
  'scim-dns',
  'portal-dns',
  'alarms',
] as const;
type DeploymentCheckName = (typeof DEPLOYMENT_CHECKS)[number];

/** The result of a check. `unknown`: AWS did not respond, or only the operator knows. */
export interface DeploymentCheck {
  readonly check: DeploymentCheckName;
  readonly status: 'ok' | 'missing' | 'unknown';
  /** The observation, in a sentence. */
  readonly found: string;
  /** What the operator must do; absent if the status is `ok`. */
  readonly action?: string;
}

export interface DeploymentFacts {
  readonly senderStatus: () => Promise<SenderStatus>;
  /** The SES identity of the sender: a domain or an address. */
  readonly mailIdentity: string;
  /** Ends in `/scim/v2`. */
  readonly scimBaseUrl: string;
  /** The origin of the portal, if there is one. */
  readonly portalUrl?: string;
  /** Returns whether a host name has an address. */
  readonly resolves: (host: string) => Promise<boolean>;
  /** The address that is subscribed to the alarms, if there is one. */
  readonly alarmEmail?: string;
  /** Whether the alarms go to a topic of the operator. */
  readonly hasAlarmTopic: boolean;
  /** Receives the error of a check whose status is `unknown`. */
  readonly onUnknown: (check: DeploymentCheckName, error: unknown) => void;
}

/** Checks what a deployment still lacks. It only reads. */
export async function checkDeployment(facts: DeploymentFacts): Promise<DeploymentCheck[]> {
  const { scimBaseUrl, portalUrl, onUnknown } = facts;
  const checks: (readonly [DeploymentCheckName, () => Promise<Result>])[] = [
    ['sender', async () => senderCheck(await facts.senderStatus(), facts.mailIdentity)],
    ['production-access', async () => productionCheck(await facts.senderStatus())],
    ['sending', async () => sendingCheck(await facts.senderStatus())],
    ['scim-dns', () => dnsCheck(facts, scimBaseUrl, 'CustomDomainTarget', 'ScimApi')],
    ...(portalUrl === undefined
      ? []
      : [['portal-dns', () => dnsCheck(facts, portalUrl, 'PortalDomainTarget', 'ScimAdmin')] as const]),
    ['alarms', () => Promise.resolve(alarmCheck(facts))],
  ];
  return Promise.all(
    checks.map(async ([check, run]) => {
      try {
        return { check, ...(await run()) };
      } catch (error) {
        onUnknown(check, error);
        return {
          check,
          status: 'unknown',
          found: 'AWS did not respond.',
          action: 'Check again in a minute.',
        };
      }
    }),
  );
}

type Result = Omit<DeploymentCheck, 'check'>;

const ok = (found: string): Result => ({ status: 'ok', found });
const missing = (found: string, action: string): Result => ({ status: 'missing', found, action });

const senderCheck = ({ isVerified }: SenderStatus, identity: string): Result =>
  isVerified
    ? ok(`SES accepts emails from ${identity}.`)
    : missing(
        `SES has not verified ${identity}, so no email is sent.`,
        identity.includes('@')
          ? 'Open the link in the email that AWS sent to this address.'
          : 'Add the DkimRecord outputs of ScimLicenses to the DNS of this domain.',
      );

const productionCheck = ({ isSandbox }: SenderStatus): Result =>
  isSandbox
    ? missing(
        'SES is in its sandbox: emails reach only addresses that are verified in SES.',
        'Request production access for SES in this account and region.',
      )
    : ok('SES has production access.');

const sendingCheck = ({ isPaused }: SenderStatus): Result =>
  isPaused
    ? missing('AWS or an operator has paused all sending of this account.', 'Resume sending in SES.')
    : ok('SES sends emails.');

async function dnsCheck(
  { resolves }: DeploymentFacts,
  url: string,
  output: string,
  stack: string,
): Promise<Result> {
  const { hostname } = new URL(url);
  return (await resolves(hostname))
    ? ok(`${hostname} has an address.`)
    : missing(
        `${hostname} has no address in the DNS.`,
        `Point it to the output ${output} of ${stack} with a CNAME or an alias record.`,
      );
}

/** The service has no permission to read subscriptions, so only the operator knows whether this one is confirmed. */
function alarmCheck({ alarmEmail, hasAlarmTopic }: DeploymentFacts): Result {
  if (alarmEmail !== undefined)
    return {
      status: 'unknown',
      found: `Alarms are emailed to ${alarmEmail} once its owner has confirmed the subscription.`,
      action:
        'Make sure that you have opened the link in the email “AWS Notification - Subscription Confirmation”.',
    };
  return hasAlarmTopic
    ? ok('Alarms go to the topic in the setting alarmTopicArn.')
    : missing(
        'Nobody is notified of alarms.',
        'Set alarmEmail or alarmTopicArn in the settings of the stage, and deploy again.',
      );
}

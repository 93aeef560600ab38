import type { SenderStatus } from '../../mail/ses/sender-status';
import { alarmCheck, type AlarmFacts } from './alarm-check';
import { type CheckResult, missing, asExpected, unknown } from './check-result';
import { nameCheck, type NameFacts, type ServiceName } from './name-check';

/**
 * The requirements that a deployment must meet before its first customer, in the order in which they are
 * listed.
 */
export const DEPLOYMENT_CHECKS = [
  'sender',
  'production-access',
  'sending',
  'scim-dns',
  'portal-dns',
  'alarms',
] as const;
type DeploymentCheckName = (typeof DEPLOYMENT_CHECKS)[number];

export interface DeploymentCheck extends CheckResult {
  readonly check: DeploymentCheckName;
}

export interface DeploymentFacts extends AlarmFacts, NameFacts {
  readonly senderStatus: () => Promise<SenderStatus>;
  /** The SES identity of the sender: a domain or an address. */
  readonly mailIdentity: string;
  /** Ends in `/scim/v2`. */
  readonly scimBaseUrl: string;
  /** The origin of the portal, if there is one. */
  readonly portalUrl?: string;
  /** Receives the error of a check whose status is `unknown`. */
  readonly onUnknown: (check: DeploymentCheckName, error: unknown) => void;
}

/** Checks what a deployment still lacks. It only reads. */
export async function checkDeployment(facts: DeploymentFacts): Promise<DeploymentCheck[]> {
  const { scimBaseUrl, portalUrl, onUnknown } = facts;
  const checks: (readonly [DeploymentCheckName, () => Promise<CheckResult>])[] = [
    ['sender', async () => senderCheck(await facts.senderStatus(), facts.mailIdentity)],
    ['production-access', async () => productionCheck(await facts.senderStatus())],
    ['sending', async () => sendingCheck(await facts.senderStatus())],
    ['scim-dns', () => nameCheck(facts, scimName(scimBaseUrl))],
    ...(portalUrl === undefined
      ? []
      : [['portal-dns', () => nameCheck(facts, portalName(portalUrl))] as const]),
    ['alarms', () => alarmCheck(facts)],
  ];
  return Promise.all(
    checks.map(async ([check, run]) => {
      try {
        return { check, ...(await run()) };
      } catch (error) {
        onUnknown(check, error);
        return { check, ...unknown('AWS did not respond.', 'Check again in a minute.') };
      }
    }),
  );
}

const senderCheck = ({ isVerified }: SenderStatus, identity: string): CheckResult =>
  isVerified
    ? asExpected(`SES accepts emails from ${identity}.`)
    : missing(
        `SES has not verified ${identity}, so no email is sent.`,
        identity.includes('@')
          ? 'Open the link in the email that AWS sent to this address.'
          : 'Add the DkimRecord outputs of ScimLicenses to the DNS of this domain.',
      );

const productionCheck = ({ isSandbox }: SenderStatus): CheckResult =>
  isSandbox
    ? missing(
        'SES is in its sandbox: emails reach only addresses that are verified in SES.',
        'Request production access for SES in this account and region.',
      )
    : asExpected('SES has production access.');

const sendingCheck = ({ isPaused }: SenderStatus): CheckResult =>
  isPaused
    ? missing('AWS or an operator has paused all sending of this account.', 'Resume sending in SES.')
    : asExpected('SES sends emails.');

const scimName = (baseUrl: string): ServiceName => ({
  of: 'the SCIM API',
  hostname: new URL(baseUrl).hostname,
  // It needs no credential.
  probe: `${baseUrl}/ServiceProviderConfig`,
  // Another stage would name its own address.
  isOurs: (text) => text.includes(`"${baseUrl}/`),
  target: 'the output CustomDomainTarget of ScimApi',
});

const portalName = (portalUrl: string): ServiceName => ({
  of: 'the portal',
  hostname: new URL(portalUrl).hostname,
  probe: `${portalUrl}/config.json`,
  isOurs: (text) => text.includes('"clientId"'),
  target: 'the output PortalDomainTarget of ScimAdmin',
});

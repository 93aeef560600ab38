import { lookup } from 'node:dns/promises';
import { ENV, requireEnv } from '../../env';
import { senderStatusReader } from '../../mail/ses/sender-status';
import { checkDeployment, type DeploymentCheck, type DeploymentFacts } from './deployment-checks';

/** Returns a function that checks the deployment, configured by the environment of the function. */
export function openDeploymentChecks(
  scimBaseUrl: string,
  onUnknown: DeploymentFacts['onUnknown'],
): () => Promise<DeploymentCheck[]> {
  const mailIdentity = requireEnv(ENV.mailIdentity);
  const facts: DeploymentFacts = {
    senderStatus: senderStatusReader(mailIdentity, Date.now),
    mailIdentity,
    scimBaseUrl,
    portalUrl: process.env[ENV.portalUrl],
    resolves,
    alarmEmail: process.env[ENV.alarmEmail] || undefined,
    hasAlarmTopic: Boolean(process.env[ENV.alarmTopicArn]),
    onUnknown,
  };
  return () => checkDeployment(facts);
}

/** Returns whether a host name has an address. Throws if the name servers do not respond. */
async function resolves(host: string): Promise<boolean> {
  try {
    return (await lookup(host, { all: true })).length > 0;
  } catch (error) {
    if (['ENOTFOUND', 'ENODATA'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}

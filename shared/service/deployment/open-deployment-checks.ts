import { lookup } from 'node:dns/promises';
import { ENV, requireEnv } from '../../env';
import { senderStatusReader } from '../../mail/ses/sender-status';
import { readTopicSubscriptions } from '../../mail/sns/topic-subscriptions';
import type { NameAnswer } from './name-check';
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
    read,
    alarmEmail: process.env[ENV.alarmEmail] || undefined,
    alarmTopicArn: process.env[ENV.alarmTopicArn] || undefined,
    subscriptions: readTopicSubscriptions,
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

/** The time after which a name that does not answer counts as unreachable. */
const PROBE_TIMEOUT_MS = 5_000;

/**
 * Sends a GET request, as a client outside AWS does: through the DNS, TLS, and the mapping of a custom
 * domain.
 */
async function read(url: string): Promise<NameAnswer> {
  const response = await fetch(url, { signal: AbortSignal.timeout(PROBE_TIMEOUT_MS), redirect: 'manual' });
  return { status: response.status, text: await response.text() };
}

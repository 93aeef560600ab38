import { isIP } from 'node:net';
import { isPublicAddress } from '../../shared/outbound/public-address';
import { LOCAL_STAGE } from '../../shared/stage';
import type { Config } from '../config';

/** Returns what an operator should know about the settings of a stage before it is deployed. */
export function warningsOf(config: Config): string[] {
  const { stage, protect, removalPolicy, alarmEmail, alarmTopicArn, jwksOrigins, webhookOrigins } = config;
  if (stage === LOCAL_STAGE) return [];
  const file = `settings/${stage}.json`;
  return [
    ...(!protect && removalPolicy === 'retain'
      ? [
          `The stage ${stage} is not protected from deletion. After its first deployment, add "protect": true to ` +
            `${file} and deploy again.`,
        ]
      : []),
    ...(alarmEmail === undefined && alarmTopicArn === undefined
      ? [
          `Nobody is notified of alarms of the stage ${stage}. Set "alarmEmail" or "alarmTopicArn" in ${file}.`,
        ]
      : []),
    ...jwksOrigins
      .filter((origin) => origin.startsWith('http:'))
      .map(
        (origin) =>
          `The stage ${stage} fetches keys from ${origin} without encryption. Whoever can change them in transit can ` +
          `provision users. Use https in "jwksOrigins" in ${file}.`,
      ),
    ...[...jwksOrigins, ...webhookOrigins]
      .filter(isPrivate)
      .map(
        (origin) =>
          `The stage ${stage} cannot reach ${origin}: the functions run outside of your networks, so they only reach public ` +
          `addresses. Put a public https endpoint in front of it, and write its origin in ${file}.`,
      ),
    ...webhookOrigins
      .filter((origin) => origin.startsWith('http:'))
      .map(
        (origin) =>
          `The stage ${stage} may send webhooks to ${origin} without encryption. Whoever is in between can read them. ` +
          `Use https in "webhookOrigins" in ${file}.`,
      ),
  ];
}

/** Returns whether the host of an origin is this machine or an address of a private network. */
function isPrivate(origin: string): boolean {
  const host = new URL(origin).hostname.replace(/^\[(.*)\]$/, '$1');
  return host === 'localhost' || (isIP(host) !== 0 && !isPublicAddress(host));
}

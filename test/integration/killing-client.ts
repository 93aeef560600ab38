import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, type DomainClient, killInstances } from '../support/system/system';

const ATTEMPTS = 100;
/** About as long as a request takes, so that the kill hits the others anywhere in their work. */
const LATEST_MS = 30;

export interface KillingClient extends DomainClient {
  /** Requests that did not survive. */
  readonly failures: () => number;
}

/**
 * A client that, after every few successes, has the instances of a function killed in the middle of what they do for its
 * other requests; and that sends what failed on the service's side again, as identity providers do.
 */
export function killingClient(domain: DomainClient, part: string, successes: number): KillingClient {
  let failures = 0;
  let left = successes;
  const request = async (...what: Parameters<DomainClient['request']>): Promise<Answer> => {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const answer = await domain.request(...what);
      if (answer.status >= 500) {
        failures++;
        continue;
      }
      if (--left === 0) {
        await sleep(Math.random() * LATEST_MS);
        await killInstances(part, domain.domainId);
        left = Math.ceil(Math.random() * 2 * successes);
      }
      return answer;
    }
    throw new Error(`${what[0]} ${what[1]} failed ${ATTEMPTS} times.`);
  };
  return { ...domain, request, failures: () => failures };
}

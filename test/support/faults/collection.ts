import { openRecordingProxy } from '../../../bin/collection/recording-proxy';
import { runCollection } from '../../../collection/run';
import { waitForMail } from '../system/mails';
import { session } from '../system/system';
import type { IdentityProvider } from './identity-provider';
import type { ScenarioResult } from './scenarios';

/** Runs the API collection through a proxy that sends its requests as an identity provider does. */
export async function runCollectionUnderFaults(idp: IdentityProvider): Promise<ScenarioResult[]> {
  const run = `faults-${Date.now()}`;
  const proxy = await openRecordingProxy(async (request) => {
    // The collection reads the mailbox once, and SES may have postponed the email.
    if (request.url.startsWith(session().mailUrl)) await waitForMail(addressOf(run));
    return idp.exchange(request);
  });
  try {
    const { code, output } = await runCollection(session(), { proxyUrl: proxy.url, run });
    const lines = output.split('\n');
    const failures = lines.filter((line, at) => line.includes('✕') || lines[at - 1]?.includes('✕'));
    return [{ domainId: session().domainId, problems: code === 0 ? [] : [output.slice(-200), ...failures] }];
  } finally {
    await proxy.close();
  }
}

/** The address of the user whose license key the collection checks. */
const addressOf = (run: string): string => `success+ada.${run}@simulator.amazonses.com`;

import { openRecordingProxy } from '../../../bin/collection/recording-proxy';
import { runCollection } from '../../../collection/run';
import { session } from '../system/system';
import type { IdentityProvider } from './identity-provider';
import type { ScenarioResult } from './scenarios';

/** Runs the API collection through a proxy that sends its requests as an identity provider does. */
export async function runCollectionUnderFaults(idp: IdentityProvider): Promise<ScenarioResult[]> {
  const proxy = await openRecordingProxy((request) => idp.exchange(request));
  try {
    const { code, output } = await runCollection(session(), { proxyUrl: proxy.url });
    const lines = output.split('\n');
    const failures = lines.filter((line, at) => line.includes('✕') || lines[at - 1]?.includes('✕'));
    return [{ domainId: session().domainId, problems: code === 0 ? [] : [output.slice(-200), ...failures] }];
  } finally {
    await proxy.close();
  }
}

import { runCollection } from '../../collection/run';
import type { Session } from '../../local/product/session';
import type { Example } from './bru-file';
import { apiOf } from './cases/cases-of';
import { type CollectionRequest, readCollection } from './collection-files';
import { createFixtures, type Fixtures, RUN } from './fixtures';
import type { HttpResponse } from './http';
import { openRecordingProxy } from './recording-proxy';
import { StableValues } from './stable-values';
import { Take } from './take';
import { throttledResponses } from './throttled';

export interface Recording {
  /** Bruno's exit code (0 if all requests passed), and what it printed. */
  readonly code: number;
  readonly output: string;
  /** The requests of the collection, with what was recorded for each. */
  readonly recorded: readonly { readonly file: CollectionRequest; readonly examples: readonly Example[] }[];
}

/**
 * Runs the collection on a fresh local system, and sends each request also in the ways in which it is usually
 * refused. Throws if a response has another status than its case. Uses up rate limits of the system.
 */
export async function recordExamples(session: Session): Promise<Recording> {
  const fixtures = await createFixtures(session);
  const files = readCollection();
  const takes: Take[] = [];
  const proxy = await openRecordingProxy((actual) => {
    const file = files[takes.length];
    if (!file) throw new Error(`Bruno sent ${actual.method} ${actual.url} after the last request.`);
    const take = new Take(file, actual, fixtures);
    takes.push(take);
    return take.play();
  });
  let result: { code: number; output: string };
  try {
    result = await runCollection(session, { proxyUrl: proxy.url, run: RUN });
  } finally {
    await proxy.close();
  }
  if (result.code === 0) {
    await sendThrottled(takes, fixtures, session);
    const wrong = takes.flatMap((take) => take.wrongStatuses());
    if (wrong.length > 0) throw new Error(wrong.join('\n'));
  }
  const stable = new StableValues(session);
  return { ...result, recorded: takes.map((take) => ({ file: take.file, examples: take.examples(stable) })) };
}

/** Uses up the rate limit of each API, and sends the requests of the run once more. */
async function sendThrottled(takes: readonly Take[], fixtures: Fixtures, session: Session): Promise<void> {
  const waiting = takes.flatMap((take) =>
    take.cases.filter(({ when }) => when === 'end').map((each) => ({ take, each })),
  );
  for (const api of ['scim', 'admin', 'license'] as const) {
    const ofApi = waiting.filter(({ take }) => apiOf(take.file).api === api);
    const requests = await Promise.all(ofApi.map(({ take, each }) => take.requestOf(each)));
    const responses = await throttledResponses(api, requests, fixtures, session);
    for (const [at, { take, each }] of ofApi.entries()) take.setResponse(each, responses[at] as HttpResponse);
  }
}

import { removeEarlierRuns } from './earlier-runs';
import type { Explanation } from './explain-status';
import { findLostCreations } from './lost-creations';
import { newRun, type Run, type TestResource, type TestUser } from './run-state';
import type { Phase, Provider, Step } from './step';
import { inEnglish, say, type PlainText, type Translate } from './texts/say';
import { Unreachable, type Send, type SimulatedResponse } from './wire';

/** The result of a step. */
export interface StepResult {
  readonly phase: Phase;
  readonly title: string;
  /** `skipped` if a user or group is missing that an earlier step should have created. */
  readonly status: 'passed' | 'failed' | 'skipped';
  /** The number of requests, one for each test user if the step is repeated. */
  readonly requests: number;
  readonly milliseconds: number;
  /** The reason why the step failed or was skipped. */
  readonly problem?: string;
  /** The action that solves the problem. Absent if the step was skipped. */
  readonly remedy?: string;
}

/** The progress of a simulation. */
export interface Progress {
  readonly title: string;
  /** The number of steps that have ended. */
  readonly steps: number;
  readonly allSteps: number;
}

export interface SimulationOptions {
  readonly provider: Provider;
  /** The number of test users, at least 1. */
  readonly users: number;
  readonly send: Send;
  /** A new UUID, which makes the names of this run differ from those of others. */
  readonly uuid: string;
  /** Milliseconds of any clock that only moves forward. */
  readonly now: () => number;
  /** After it is aborted, only the steps of the cleanup run. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** Renders the texts of results. @default English */
  readonly translate?: Translate;
}

const REMOVE_EARLIER: PlainText = 'Delete what an interrupted simulation left';

/**
 * Sends the requests of an identity provider, step by step, and yields the result of each step. First deletes
 * the users and groups that an interrupted simulation left. The cleanup always runs.
 */
export async function* simulate(options: SimulationOptions): AsyncGenerator<StepResult> {
  const { provider, users, uuid, signal, onProgress, translate = inEnglish } = options;
  const send: Send = (request) =>
    options.send({ ...request, headers: { ...provider.headers, ...request.headers } });
  const run = newRun(provider.id, users, uuid);
  const { steps } = provider;
  const allSteps = steps.length + 1;
  const earlier = translate(say(REMOVE_EARLIER));
  onProgress?.({ title: earlier, steps: 0, allSteps });
  const startedAt = options.now();
  const { status, requests, ...explanation } = await removeEarlierRuns(send);
  yield {
    ...{ phase: 'test connection', title: earlier, status, requests },
    ...explained(explanation, translate),
    milliseconds: Math.round(options.now() - startedAt),
  };
  const firstCleanup = steps.findIndex(({ phase }) => phase === 'cleanup');
  for (const [at, step] of steps.entries()) {
    if (signal?.aborted && step.phase !== 'cleanup') continue;
    onProgress?.({ title: translate(say(step.title)), steps: at + 1, allSteps });
    if (at === firstCleanup) await findLostCreations(run, send);
    yield await runStep(step, run, { ...options, send, translate });
  }
}

/** Sends the requests of a step until one of them fails. */
async function runStep(
  step: Step,
  run: Run,
  {
    send,
    now,
    signal,
    translate,
  }: Pick<SimulationOptions, 'send' | 'now' | 'signal'> & {
    readonly translate: Translate;
  },
): Promise<StepResult> {
  const { phase, needs = [] } = step;
  const title = translate(say(step.title));
  const startedAt = now();
  const users = step.each === 'user' ? run.users : run.users.slice(0, 1);
  const ready = users.filter(
    (user) =>
      (!needs.includes('user') || user.id !== undefined) &&
      (!needs.includes('group') || run.group.id !== undefined),
  );
  const result = (
    status: StepResult['status'],
    requests: number,
    more: Partial<Explanation> = {},
  ): StepResult => ({
    ...{ phase, title, status, requests, ...explained(more, translate) },
    milliseconds: Math.round(now() - startedAt),
  });
  if (ready.length === 0)
    return result('skipped', 0, {
      problem: say('An earlier step did not create the user or the group.'),
    });
  let failed: Explanation | undefined;
  for (const [at, user] of ready.entries()) {
    if (signal?.aborted && phase !== 'cleanup')
      return result('skipped', at, { problem: say('The simulation was interrupted.') });
    const explanation = await sendStep(step, run, user, send);
    // The other users are deleted even if the deletion of one fails. The result explains the first failure.
    failed ??= explanation;
    if (failed && phase !== 'cleanup') return result('failed', at + 1, failed);
  }
  return failed ? result('failed', ready.length, failed) : result('passed', ready.length);
}

const explained = ({ problem, remedy }: Partial<Explanation>, translate: Translate) => ({
  ...(problem && { problem: translate(problem) }),
  ...(remedy && { remedy: translate(remedy) }),
});

async function sendStep(
  { request: requestOf, expect, saves }: Step,
  run: Run,
  user: TestUser,
  send: Send,
): Promise<Explanation | undefined> {
  const request = requestOf(run, user);
  const saved: TestResource & { shown?: object } = saves === 'group' ? run.group : user;
  if (saves && request.method === 'POST') saved.isSent = true;
  let response: SimulatedResponse;
  try {
    response = await send(request);
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    return {
      problem: error.reason,
      remedy: say('Check the base URL and the network. An identity provider waits for at most 60 seconds.'),
    };
  }
  // A resource is remembered even if it is not as expected, so that the cleanup deletes it.
  if (saves && response.status < 300) remember(saved, saves, response);
  for (const expectation of expect) {
    const explanation = expectation({ request, response, run, user });
    if (explanation) return explanation;
  }
  return undefined;
}

function remember(
  target: TestResource & { shown?: object },
  kind: 'user' | 'group',
  { body }: SimulatedResponse,
) {
  if (typeof body !== 'object' || body === null) return;
  const { id } = body as { id?: unknown };
  if (typeof id === 'string' || typeof id === 'number') target.id = String(id);
  if (kind === 'user') target.shown = body;
}

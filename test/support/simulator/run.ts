import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { PROVIDERS } from '../../../shared/simulator/providers/providers';
import type { ProviderId } from '../../../shared/simulator/provider-id';
import { sender } from '../../../shared/simulator/send';
import { simulate, type SimulationOptions, type StepResult } from '../../../shared/simulator/simulate';
import type { Send } from '../../../shared/simulator/wire';

/** Returns a function that sends requests to a service. */
export const sendTo = (baseUrl: string, token = 'token'): Send =>
  sender({ baseUrl, token, sleep, reasonOf: (error) => (error as Error).message });

/** Runs a simulation, and returns the results of its steps. */
export async function runSimulation(
  providerId: ProviderId,
  { baseUrl, token }: { readonly baseUrl: string; readonly token?: string },
  more: Partial<SimulationOptions> = {},
): Promise<StepResult[]> {
  const results: StepResult[] = [];
  const steps = simulate({
    provider: PROVIDERS[providerId],
    users: 2,
    send: sendTo(baseUrl, token),
    uuid: randomUUID(),
    now: () => performance.now(),
    ...more,
  });
  for await (const result of steps) results.push(result);
  return results;
}

/** Returns the steps that failed, without their times. */
export const failures = (results: readonly StepResult[]) =>
  results
    .filter(({ status }) => status === 'failed')
    .map(({ phase, title, problem, remedy }) => ({ phase, title, problem, remedy }));

/** Returns the titles of the steps with a status. */
export const titlesOf = (results: readonly StepResult[], status: StepResult['status']): string[] =>
  results.filter((each) => each.status === status).map(({ title }) => title);

import { useMutation } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ProviderId } from '../../../shared/simulator/provider-id';
import type { Progress, StepResult } from '../../../shared/simulator/simulate';
import { fill, type Translate } from '../../../shared/simulator/texts/say';
import { useApi } from '../api/client/api-provider';
import { ApiProblem } from '../api/client/problem';
import { language } from '../i18n/language';

/** The path of the SCIM API on the origin of the portal. */
const SCIM_PATH = '/scim/v2';

/** The test users. One leaves the group during the test, and the other stays. */
const USERS = 2;

/** Runs connection tests with a credential of their own, and collects the results of their steps. */
export function useConnectionTest(domainId: string) {
  const api = useApi();
  const [results, setResults] = useState<readonly StepResult[]>([]);
  const [progress, setProgress] = useState<Progress>();
  const running = useRef<AbortController>(undefined);
  // A test whose page is left still deletes what it created.
  useEffect(() => () => running.current?.abort(), []);
  const stop = useCallback(() => running.current?.abort(), []);

  const test = useMutation({
    mutationFn: async (providerId: ProviderId) => {
      const [{ simulate }, { sender }, { PROVIDERS }, translate] = await loadSimulator();
      setResults([]);
      const controller = (running.current = new AbortController());
      const { simulationId, token } = await api.call('POST /domains/{domainId}/simulations', {
        path: { domainId },
      });
      try {
        const steps = simulate({
          provider: PROVIDERS[providerId],
          users: USERS,
          send: sender({
            baseUrl: window.location.origin + SCIM_PATH,
            token,
            sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
            reasonOf: (error) => (error as Error).message,
          }),
          uuid: crypto.randomUUID(),
          now: () => performance.now(),
          signal: controller.signal,
          onProgress: setProgress,
          translate,
        });
        const all: StepResult[] = [];
        for await (const result of steps) {
          all.push(result);
          setResults([...all]);
        }
        return { results: all, isStopped: controller.signal.aborted };
      } finally {
        setProgress(undefined);
        // The credential ends by itself if this fails.
        await api
          .call('DELETE /domains/{domainId}/simulations/{simulationId}', { path: { domainId, simulationId } })
          .catch(() => undefined);
      }
    },
  });
  return { test, results, progress, stop };
}

/** Loads the simulator on demand, because few visits need it. */
const loadSimulator = () =>
  Promise.all([
    import('../../../shared/simulator/simulate'),
    import('../../../shared/simulator/send'),
    import('../../../shared/simulator/providers/providers'),
    loadTranslation(),
  ]).catch(() => {
    throw ApiProblem.unreachable();
  });

/**
 * Returns a function that renders texts of the simulator in the language of the page; undefined for English.
 */
async function loadTranslation(): Promise<Translate | undefined> {
  if (language !== 'de') return undefined;
  const { GERMAN_TEXTS } = await import('../../../shared/simulator/texts/german');
  return ({ text, values }) => fill(GERMAN_TEXTS[text], values);
}

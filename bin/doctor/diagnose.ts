import { type Check, CheckFailed, type Diagnosis, type Target } from './diagnosis';
import { checkDns } from './dns';
import { checkGateway, checkKey } from './gateway';
import { checkRoundTrip } from './round-trip';
import { checkTls } from './tls';

export type { Diagnosis } from './diagnosis';

const CHECKS: readonly (readonly [name: string, check: Check])[] = [
  ['DNS', checkDns],
  ['TLS', checkTls],
  ['gateway', checkGateway],
  ['key', checkKey],
  ['round trip', checkRoundTrip],
];

/**
 * Checks a deployment from the outside, as an identity provider reaches it. Skips the checks after a failed
 * one.
 */
export async function* diagnose(target: Target): AsyncGenerator<Diagnosis> {
  let isHealthy = true;
  for (const [check, run] of CHECKS) {
    const diagnosis: Diagnosis = isHealthy
      ? { check, ...(await runCheck(run, target)) }
      : { check, status: 'skipped', found: 'not checked' };
    isHealthy &&= diagnosis.status !== 'failed';
    yield diagnosis;
  }
}

async function runCheck(run: Check, target: Target): Promise<Omit<Diagnosis, 'check'>> {
  try {
    target.signal.throwIfAborted();
    const observation = await run(target);
    return { status: observation.action === undefined ? 'ok' : 'warning', ...observation };
  } catch (error) {
    if (error instanceof CheckFailed) return { status: 'failed', found: error.found, action: error.action };
    if (target.signal.aborted) return { status: 'failed', found: 'interrupted' };
    throw error;
  }
}

import { type Check, type Diagnosis, Ill, type Patient } from './diagnosis';
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

/** Looks at a deployment from outside, as an identity provider reaches it. After one that failed the other checks are skipped. */
export async function* diagnose(patient: Patient): AsyncGenerator<Diagnosis> {
  let isWell = true;
  for (const [check, run] of CHECKS) {
    const diagnosis: Diagnosis = isWell
      ? { check, ...(await outcome(run, patient)) }
      : { check, status: 'skipped', found: 'not looked at' };
    isWell &&= diagnosis.status !== 'failed';
    yield diagnosis;
  }
}

async function outcome(run: Check, patient: Patient): Promise<Omit<Diagnosis, 'check'>> {
  try {
    patient.signal.throwIfAborted();
    const finding = await run(patient);
    return { status: finding.action === undefined ? 'ok' : 'warning', ...finding };
  } catch (error) {
    if (error instanceof Ill) return { status: 'failed', found: error.found, action: error.action };
    if (patient.signal.aborted) return { status: 'failed', found: 'interrupted' };
    throw error;
  }
}

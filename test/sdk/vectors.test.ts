import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import leases from '../../sdk/vectors/leases.json';
import webhooks from '../../sdk/vectors/webhooks.json';
import { LeaseError, verifyLease } from '../../sdk/src/lease.ts';
import { hashLicenseKey } from '../../sdk/src/license-key.ts';
import { verifyWebhook, WebhookError } from '../../sdk/src/webhook.ts';

const ROOT = path.join(__dirname, '../..');

interface LeaseVector {
  readonly name: string;
  readonly lease: string;
  readonly now: string;
  readonly keyHash?: string;
  readonly nonce?: string;
  readonly result: string;
}

async function leaseResult({ lease, now, keyHash, nonce }: LeaseVector): Promise<string> {
  try {
    await verifyLease(lease, {
      keys: leases.keys,
      issuer: leases.issuer,
      now: new Date(now),
      keyHash,
      nonce,
    });
    return 'valid';
  } catch (error) {
    if (error instanceof LeaseError) return error.code;
    throw error;
  }
}

function webhookResult({ headers, body, secrets, now }: (typeof webhooks.vectors)[number]): string {
  try {
    verifyWebhook({ headers, body }, { secrets, now: new Date(now) });
    return 'valid';
  } catch (error) {
    if (error instanceof WebhookError) return error.code;
    throw error;
  }
}

describe('the test vectors', () => {
  it.each(leases.vectors as LeaseVector[])('of leases: $name is $result', async (vector) => {
    expect(await leaseResult(vector)).toBe(vector.result);
  });

  it.each(leases.licenseKeys)('of license keys: $typed', ({ typed, keyHash }) => {
    expect(hashLicenseKey(typed)).toBe(keyHash);
  });

  it.each(webhooks.vectors)('of webhooks: $name is $result', (vector) => {
    expect(webhookResult(vector)).toBe(vector.result);
  });

  it('have the same results in Java, without any library', async () => {
    const count = leases.vectors.length + leases.licenseKeys.length + webhooks.vectors.length;
    const { stdout } = await promisify(execFile)('java', ['sdk/vectors/Verify.java'], { cwd: ROOT });
    expect(stdout).toBe(`${count} vectors, 0 with another result\n`);
  });
});

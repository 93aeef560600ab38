import fc from 'fast-check';
import {
  addVersion,
  onlyVersion,
  pendingVersion,
  withoutFormer,
} from '../../../../../bin/cli/commands/secrets/add-version';
import {
  currentSecret,
  formatSecretVersions,
  parseSecretVersions,
  type SecretVersion,
  versionAt,
} from '../../../../../shared/credentials/secret-versions';
import { RefreshedValue } from '../../../../../shared/store/secrets/refreshed-value';

const MINUTE_MS = 60_000;
const START = Date.UTC(2026, 2, 1);
const LEAD_MS = 15 * MINUTE_MS;
const LIFETIME_MS = 360 * MINUTE_MS;
const FIRST: SecretVersion = { id: 1, text: 'v1', from: -Infinity };
const at = (minutes: number) => START + minutes * MINUTE_MS;

describe('addVersion', () => {
  it('publishes a version that is used later, and ends the one before it after the lifetime of its values', () => {
    const rotated = addVersion([FIRST], { text: 'v2', now: START, leadMs: LEAD_MS, lifetimeMs: LIFETIME_MS });
    expect(rotated).toEqual([
      { ...FIRST, until: at(15 + 360 + 10) },
      { id: 2, text: 'v2', from: at(15) },
    ]);
    expect(pendingVersion(rotated, at(14))?.id).toBe(2);
    expect(pendingVersion(rotated, at(15))).toBeUndefined();
  });

  it('keeps the former versions if their values do not end by themselves, and leaves out those that have ended', () => {
    const lasting = addVersion([FIRST], { text: 'v2', now: START, leadMs: LEAD_MS });
    expect(addVersion(lasting, { text: 'v3', now: at(20), leadMs: LEAD_MS }).map(({ id }) => id)).toEqual([
      1, 2, 3,
    ]);
    const ending = addVersion([FIRST], { text: 'v2', now: START, leadMs: LEAD_MS, lifetimeMs: LIFETIME_MS });
    const next = { text: 'v3', leadMs: LEAD_MS, lifetimeMs: LIFETIME_MS };
    expect(addVersion(ending, { ...next, now: at(384) }).map(({ id }) => id)).toEqual([1, 2, 3]);
    expect(addVersion(ending, { ...next, now: at(385) }).map(({ id }) => id)).toEqual([2, 3]);
  });

  it('never gives two versions one id', () => {
    const [only] = onlyVersion(addVersion([FIRST], { text: 'v2', now: START, leadMs: LEAD_MS }), 'v3');
    expect(only).toEqual({ id: 3, text: 'v3', from: -Infinity });
  });
});

describe('withoutFormer', () => {
  const rotated = addVersion([FIRST], { text: 'v2', now: START, leadMs: LEAD_MS });

  it('ends the former version when every function uses the new one', () => {
    expect(withoutFormer(rotated, { now: at(29.9), leadMs: LEAD_MS })).toBeUndefined();
    expect(withoutFormer(rotated, { now: at(30), leadMs: LEAD_MS })).toEqual([rotated[1]]);
  });

  it('changes nothing if there is no former version', () => {
    expect(withoutFormer([FIRST], { now: START, leadMs: LEAD_MS })).toEqual([FIRST]);
  });
});

/** Secrets Manager on a simulated clock. Functions read the secret as deployed ones do. */
class Deployed {
  text = 'v1';
  count = 1;

  rotate(minutes: number): void {
    const versions = parseSecretVersions(this.text);
    const text = `v${++this.count}`;
    const next = { text, now: at(minutes), leadMs: LEAD_MS, lifetimeMs: LIFETIME_MS };
    this.text = formatSecretVersions(addVersion(versions, next));
  }

  open(): RefreshedValue<readonly SecretVersion[]> {
    return new RefreshedValue({
      read: () => Promise.resolve(parseSecretVersions(this.text)),
      onFailed: () => undefined,
    });
  }
}

/** A value that one function makes, and that another one checks after `age` minutes. */
const uses = fc.array(
  fc.record({
    maker: fc.nat(2),
    verifier: fc.nat(2),
    quarters: fc.nat(4_000),
    age: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 359 })),
    startsMaker: fc.boolean(),
  }),
  { minLength: 20, maxLength: 60 },
);
/** The minutes between rotations. The next one needs no wait for the end of the former versions. */
const gaps = fc.array(fc.integer({ min: 16, max: 500 }), { minLength: 4, maxLength: 4 });
/** The clocks of functions differ by up to eight minutes. */
const clocks = fc.array(fc.integer({ min: -240, max: 240 }), { minLength: 6, maxLength: 6 });

it('never refuses a value that is still valid, whenever the secret is rotated', async () => {
  await fc.assert(
    fc.asyncProperty(uses, gaps, clocks, async (all, minutesBetween, seconds) => {
      const deployed = new Deployed();
      const functions = seconds.map(() => deployed.open());
      const currentOf = async (index: number, minutes: number) => {
        const now = at(minutes + (seconds[index] ?? 0) / 60);
        const versions = await (functions[index] as RefreshedValue<readonly SecretVersion[]>).at(
          new Date(now),
        );
        return currentSecret(versions, now);
      };
      const values: string[] = [];
      const steps: { minutes: number; run: () => Promise<void> | void }[] = [];
      for (const [index, { maker, verifier, quarters, age, startsMaker }] of all.entries()) {
        const minutes = quarters / 4;
        const make = async () => {
          if (startsMaker) functions[maker] = deployed.open();
          values[index] = (await currentOf(maker, minutes)).issuing.text;
        };
        const verify = async () => {
          const { accepted } = await currentOf(verifier + 3, minutes + age);
          expect(accepted.map(({ text }) => text)).toContain(values[index]);
        };
        steps.push({ minutes, run: make }, { minutes: minutes + age, run: verify });
      }
      let rotatedAt = 0;
      for (const gap of minutesBetween) {
        const minutes = (rotatedAt += gap);
        steps.push({ minutes, run: () => deployed.rotate(minutes) });
      }
      for (const { run } of steps.sort((a, b) => a.minutes - b.minutes)) await run();
    }),
    { numRuns: 60 },
  );
});

it('never derives another value from an id, whenever the secret is rotated and whichever function does it', async () => {
  await fc.assert(
    fc.asyncProperty(gaps, clocks, fc.array(fc.nat(2_000), { minLength: 10 }), async (gaps, seconds, ids) => {
      const deployed = new Deployed();
      const functions = seconds.map(() => deployed.open());
      const derived = new Map<number, string>();
      const next = [...gaps];
      let due = next.shift() ?? Infinity;
      for (let minutes = 0; minutes < 2_200; minutes += 20) {
        while (due <= minutes) {
          // Nothing ends the versions of a secret like that of license keys.
          const versions = parseSecretVersions(deployed.text);
          const version = { text: `v${++deployed.count}`, now: at(due), leadMs: LEAD_MS };
          deployed.text = formatSecretVersions(addVersion(versions, version));
          due += next.shift() ?? Infinity;
        }
        for (const id of ids.filter((created) => created <= minutes)) {
          for (const [index, each] of functions.entries()) {
            const versions = await each.at(new Date(at(minutes + (seconds[index] ?? 0) / 60)));
            const { text } = versionAt(versions, at(id));
            expect(text).toBe(derived.get(id) ?? text);
            derived.set(id, text);
          }
        }
      }
    }),
    { numRuns: 20 },
  );
});

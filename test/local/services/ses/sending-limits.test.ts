import { GetAccountCommand } from '@aws-sdk/client-sesv2';
import { SendingLimits } from '../../../../local/services/ses/sending-limits';
import { sendWith, SesFrontRig } from './front-rig';

const RATE = 'Maximum sending rate exceeded.';
const QUOTA = 'Daily message quota exceeded.';
const DAY_MS = 86_400_000;

describe('SendingLimits', () => {
  let now: number;
  beforeEach(() => (now = 1_000_000));
  const limits = (options = {}) => new SendingLimits(options, () => now);
  const takeMany = (of: SendingLimits, count: number, isSandbox = false) =>
    Array.from({ length: count }, () => of.take(1, 1, isSandbox)).filter((refusal) => refusal !== undefined);

  it('allow the rate in each second', () => {
    const own = limits({ rate: 5 });
    expect(takeMany(own, 7)).toEqual([RATE, RATE]);
    now += 400;
    expect(takeMany(own, 3)).toEqual([RATE]);
    now += 60_000;
    expect(takeMany(own, 7)).toEqual([RATE, RATE]);
  });

  it('allow the quota in 24 hours, whatever the rate is', () => {
    const own = limits({ quota: 3 });
    expect(takeMany(own, 2)).toEqual([]);
    now += DAY_MS / 2;
    expect(takeMany(own, 3)).toEqual([QUOTA, QUOTA]);
    now += DAY_MS / 2;
    expect(takeMany(own, 3)).toEqual([QUOTA]);
    expect(own.report(false)).toEqual({ Max24HourSend: 3, MaxSendRate: 14, SentLast24Hours: 3 });
  });

  it('are one a second and 200 a day in the sandbox', () => {
    const own = limits();
    expect(takeMany(own, 2, true)).toEqual([RATE]);
    for (let sent = 1; sent < 200; sent++) {
      now += 1_000;
      expect(takeMany(own, 1, true)).toEqual([]);
    }
    now += 1_000;
    expect(takeMany(own, 1, true)).toEqual([QUOTA]);
    expect(own.report(true)).toEqual({ Max24HourSend: 200, MaxSendRate: 1, SentLast24Hours: 200 });
  });

  it('count each recipient of an email', () => {
    const own = limits({ rate: 10 });
    expect(own.take(8, 8, false)).toBeUndefined();
    expect(own.take(3, 3, false)).toBe(RATE);
    expect(own.take(2, 2, false)).toBeUndefined();
  });

  it('have no rate outside the sandbox by default', () => {
    expect(takeMany(limits(), 1_000)).toEqual([]);
  });
});

describe('an account', () => {
  let rig: SesFrontRig;
  afterEach(() => rig.close());

  it('refuses sends above its rate with the error of SES, and sends nothing', async () => {
    rig = await SesFrontRig.start({ rate: 1 });
    await sendWith(rig.client(), 'jane@example.com');
    await expect(sendWith(rig.client(), 'john@example.com')).rejects.toMatchObject({
      name: 'Throttling',
      message: RATE,
      $metadata: expect.objectContaining({ httpStatusCode: 400 }) as object,
    });
    expect(rig.forwarded).toHaveLength(1);
  });

  it('refuses sends above its quota, and reports both', async () => {
    rig = await SesFrontRig.start({ quota: 1 });
    await sendWith(rig.client(), 'jane@example.com');
    await expect(sendWith(rig.client(), 'john@example.com')).rejects.toMatchObject({
      name: 'Throttling',
      message: QUOTA,
    });
    expect((await rig.v2().send(new GetAccountCommand({}))).SendQuota).toEqual({
      Max24HourSend: 1,
      MaxSendRate: 14,
      SentLast24Hours: 1,
    });
  });

  it('counts the mailbox simulator toward the rate, but not toward the quota', async () => {
    rig = await SesFrontRig.start({ rate: 2, quota: 1 });
    await sendWith(rig.client(), 'success@simulator.amazonses.com');
    await sendWith(rig.client(), 'jane@example.com');
    await expect(sendWith(rig.client(), 'success@simulator.amazonses.com')).rejects.toThrow(RATE);
  });

  it('does not count what it refuses', async () => {
    rig = await SesFrontRig.start({ quota: 1 });
    await expect(sendWith(rig.client(), 'jane@example.com', 'unknown')).rejects.toThrow('does not exist');
    await sendWith(rig.client(), 'jane@example.com');
  });
});

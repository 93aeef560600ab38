/** A way to count requests: the number of them that one write counts in advance. */
export interface BatchRule {
  readonly name: string;
  /**
   * Returns the requests that the next write counts. `left` is what the limit leaves in these ten seconds.
   */
  readonly size: (left: number) => number;
}

/** The rules that were compared. Today's counter writes once for each request. */
export const BATCH_RULES: readonly BatchRule[] = [
  { name: 'one (today)', size: () => 1 },
  { name: '5', size: () => 5 },
  { name: '10', size: () => 10 },
  { name: '10, fewer near the limit', size: (left) => Math.max(1, Math.min(10, Math.floor(left / 20))) },
];

export interface BatchLoad {
  /** Requests a second that clients send, at random times. */
  readonly perSecond: number;
  readonly perTenSeconds: number;
  /** Windows of ten seconds. */
  readonly windows: number;
  /** The mean time of a request, in milliseconds. */
  readonly milliseconds: number;
}

export interface BatchFigures {
  readonly requests: number;
  readonly served: number;
  readonly writes: number;
  /** Requests that were refused although fewer than the limit were served in these ten seconds. */
  readonly refusedEarly: number;
}

/** An instance of the function, which serves one request at a time. */
interface Instance {
  busyUntil: number;
  /** Counted requests that it may still serve in the window. */
  left: number;
}

/**
 * Simulates the instances of a function, each of which counts requests in batches. As in Lambda, a request
 * goes to the instance that was used last of those that are idle, and to a new one if there is none. `random`
 * returns numbers from 0 to 1.
 */
export function simulateBatches(rule: BatchRule, load: BatchLoad, random: () => number): BatchFigures {
  const exponential = (mean: number): number => -mean * Math.log(1 - random());
  const instances: Instance[] = [];
  const figures = { requests: 0, served: 0, writes: 0, refusedEarly: 0 };
  let window = -1;
  let counted = 0;
  let served = 0;
  for (let now = exponential(1_000 / load.perSecond); ; now += exponential(1_000 / load.perSecond)) {
    const current = Math.floor(now / 10_000);
    if (current >= load.windows) return figures;
    if (current > window) {
      [window, counted, served] = [current, 0, 0];
      for (const each of instances) each.left = 0;
    }
    const instance = takeInstance(instances, now);
    figures.requests++;
    if (instance.left === 0) {
      figures.writes++;
      const left = load.perTenSeconds - counted;
      instance.left = Math.min(rule.size(left), left);
      counted += instance.left;
    }
    if (instance.left > 0) {
      instance.left--;
      served++;
      figures.served++;
      instance.busyUntil = now + exponential(load.milliseconds);
    } else if (served < load.perTenSeconds) figures.refusedEarly++;
  }
}

/** The list has the instance that was used last at its end. */
function takeInstance(instances: Instance[], now: number): Instance {
  const at = instances.findLastIndex(({ busyUntil }) => busyUntil <= now);
  const [instance = { busyUntil: 0, left: 0 }] = at === -1 ? [] : instances.splice(at, 1);
  instances.push(instance);
  return instance;
}

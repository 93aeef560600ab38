interface Timer {
  readonly at: number;
  readonly act: () => void;
}

const MODULUS = 2 ** 32;

/**
 * Runs code that uses the clock, timers, and random numbers on simulated time: a second takes no longer than
 * the work in it, and each run has the same result.
 */
export class SimulatedTime {
  private now = 0;
  private timers: Timer[] = [];
  private seed = 1;

  /** Milliseconds since the start. */
  get elapsed(): number {
    return this.now;
  }

  readonly sleep = (ms: number): Promise<void> => new Promise((resolve) => this.add(ms, resolve));

  /** Returns a number from 0 to 1, without 1. */
  readonly random = (): number => {
    this.seed = (Math.imul(this.seed, 1_664_525) + 1_013_904_223) >>> 0;
    return this.seed / MODULUS;
  };

  /** Runs `act` until all timers have ended. */
  async run<T>(act: () => Promise<T>): Promise<T> {
    const { setTimeout } = globalThis;
    const [now, random] = [Date.now.bind(Date), Math.random.bind(Math)];
    globalThis.setTimeout = ((callback: () => void, ms: number) => this.add(ms, callback)) as never;
    Date.now = () => this.now;
    Math.random = this.random;
    try {
      const result = act();
      await settle();
      for (let timer = this.timers.pop(); timer; timer = this.timers.pop()) {
        this.now = timer.at;
        timer.act();
        await settle();
      }
      return await result;
    } finally {
      globalThis.setTimeout = setTimeout;
      Date.now = now;
      Math.random = random;
    }
  }

  /** The timers are in descending order, so that the next one is the last. */
  private add(ms: number, act: () => void): void {
    const at = this.now + ms;
    let [low, high] = [0, this.timers.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.timers[middle] as Timer).at > at) low = middle + 1;
      else high = middle;
    }
    this.timers.splice(low, 0, { at, act });
  }
}

/** Waits until all promises that can settle have settled. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

import { WORST_CASES } from '../../bench/worst-cases/measure';
import { WorkBudget } from '../../shared/scim/work';

/** Counts how often an object and the objects in it are read. */
class Watcher {
  reads = 0;
  private readonly proxies = new WeakMap<object, object>();

  readonly watch = <T extends object>(input: T): T => {
    const known = this.proxies.get(input);
    if (known) return known as T;
    const watched = (value: unknown): unknown =>
      typeof value === 'object' && value !== null ? this.watch(value) : value;
    const proxy = new Proxy(input, {
      get: (target, name) => {
        this.reads++;
        const value: unknown = Reflect.get(target, name);
        // Methods of arrays then read the elements through the proxy.
        return typeof value === 'function' ? value : watched(value);
      },
      getOwnPropertyDescriptor: (target, name) => {
        this.reads++;
        return Reflect.getOwnPropertyDescriptor(target, name);
      },
      ownKeys: (target) => {
        this.reads++;
        return Reflect.ownKeys(target);
      },
    });
    this.proxies.set(input, proxy);
    return proxy;
  };
}

async function countWork(prepare: (typeof WORST_CASES)[number]['prepare'], size: number): Promise<number> {
  const watcher = new Watcher();
  const work = new WorkBudget();
  await prepare(size, watcher.watch, work)();
  return watcher.reads + work.used;
}

/** Watched inputs are slow, so the test needs smaller ones than the benchmark. */
const SCALE = 10;

it.each(WORST_CASES.map(({ name, size, prepare }) => [name, Math.ceil(size / SCALE), prepare] as const))(
  '%s: the counted work is linear',
  async (_, size, prepare) => {
    const work = await countWork(prepare, size);
    expect(await countWork(prepare, 4 * size)).toBeLessThanOrEqual(4.2 * work);
  },
);

it('finds the quadratic case', async () => {
  const quadratic: (typeof WORST_CASES)[number]['prepare'] = (size, watch = (input) => input) => {
    const items = watch(Array.from({ length: size }, (_, at) => at));
    return () => items.filter((item) => items.indexOf(item) < 0);
  };
  expect(await countWork(quadratic, 400)).toBeGreaterThan(4.2 * (await countWork(quadratic, 100)));
});

import type * as CountShardsModule from '../../shared/store/domains/count-shards';
import type * as TableModule from '../../shared/store/table/table';
import { Choices } from './choices';
import { Client } from './clients';
import { DOMAIN_ID } from './directory';
import { Operations } from './operations';
import { Operator } from './operator';
import { Product, type SourceChange } from './product/product';
import type { SimulatedWorld } from './product/surroundings';
import { checkCommit, RuleBroken } from './rules/commit-rules';
import { checkFinal } from './rules/final-rules';
import { MailRules } from './rules/mail-rules';
import { RequestRules } from './rules/request-rules';
import { type Option, type OptionKind, System, useSimulatedEnvironment } from './system';
import { idle, Process } from './world/scheduler';
import { World } from './world/world';

/** The result of a run. */
export interface RunResult {
  readonly seed: number;
  readonly choices: readonly number[];
  readonly steps: number;
  /** The rule that was broken, or the error of the simulation itself. */
  readonly failure?: Error;
  readonly trace: readonly string[];
}

export interface RunOptions {
  readonly seed: number;
  /** The choices of an earlier run. */
  readonly choices?: readonly number[];
  readonly isTraced?: boolean;
}

/** The longest time of the request that resumes emails, in milliseconds. */
const REQUEST_MS = 29_000;
const MAX_STEPS = 20_000;
/** The most license changes that the stream abandons in a run. */
const MAX_ABANDONED = 2;
/** The simulated time in which the service must finish all work after the last request. */
const LONGEST_DRAIN_MS = 26 * 3_600_000;

/** Runs everything that handles licenses and emails in a simulated world, with one product for all runs. */
export class Simulation {
  private world: World | undefined;
  private readonly product: Product;

  constructor(changes: readonly SourceChange[] = []) {
    useSimulatedEnvironment();
    const world = (): World => this.world as World;
    const surroundings: SimulatedWorld = {
      now: () => world().scheduler.now,
      random: () => world().random(),
      setTimer: (run, ms) => world().scheduler.setTimer(run, ms),
      clearTimer: (timer) => world().scheduler.clearTimer(timer),
      send: (service, command, input) => world().send(service, command, input),
      log: (message, fields) => world().scheduler.note(() => `    log: ${message} ${JSON.stringify(fields)}`),
    };
    this.product = new Product(surroundings, changes);
  }

  async run({ seed, choices: replayed, isTraced = false }: RunOptions): Promise<RunResult> {
    const choices = new Choices(seed, replayed);
    const mails = new MailRules(this.product);
    const weather = {
      faultPercent: choices.of([0, 2, 6, 12]),
      bouncePercent: choices.of([0, 0, 20]),
      rejectPercent: choices.of([0, 0, 15]),
    };
    const world = new World(choices, weather, isTraced);
    this.world = world;
    await this.play(world, choices, mails).catch((error: unknown) => world.verdict.report(error));
    const { failure } = world.verdict;
    const { trace, steps } = world.scheduler;
    return { seed, choices: choices.made, steps, trace, ...(failure && { failure }) };
  }

  private async play(world: World, choices: Choices, mails: MailRules): Promise<void> {
    const requests = new RequestRules(world.verdict);
    const maxSeats = choices.of([0, 1, 2]);
    world.onFault = (process) => mails.unlucky.add(process);
    world.onAccepted = (mail) => mails.accept(world, mail);
    world.onCommit = (changes) => {
      requests.commit(changes, world.scheduler.current);
      checkCommit(world.table, changes);
    };
    await this.createDomain(world, choices, maxSeats);
    const system = new System(world, this.product, {
      repeats: choices.below(6),
      // A redrive finds no earlier changes of a license that waits for a seat.
      abandoned: maxSeats === 0 && choices.seed % 2 === 0 ? MAX_ABANDONED : 0,
    });
    const users = choices.of([1, 1, 2, 3]);
    const operations = new Operations(world, this.product, {
      ...{ users, maxSeats },
      sharesAddress: choices.below(4) === 3,
    });
    const operator = new Operator(system, this.product, () => world.scheduler.now);
    const clients = Array.from({ length: 1 + choices.below(4) }, (_, at) => {
      const parts = { operations, functions: system.functions, choices, observer: requests };
      return new Client(`client-${at + 1}`, 1 + choices.below(6), parts);
    });
    const weights: Record<OptionKind, number> = {
      own: choices.of([50, 10, 3]),
      other: choices.of([1, 3]),
      deliver: choices.of([1, 3]),
      repeat: choices.of([0, 1, 3]),
      client: choices.of([1, 3]),
      clock: choices.of([0, 1, 3]),
    };
    world.isFaulty = true;
    let drainedAt = Infinity;
    const drain = (): void => {
      world.isFaulty = false;
      drainedAt = world.scheduler.now;
      const { label, run } = operations.setMailPaused(false);
      system.functions.runAs(new Process(label), REQUEST_MS, run, () => undefined);
    };
    for (let steps = 0; steps < MAX_STEPS; steps++) {
      await idle();
      if (world.verdict.failure) return;
      if (clients.every((client) => client.isDone) && drainedAt === Infinity && choices.below(8) === 0) {
        drain();
        continue;
      }
      const next = this.options(world, system, [...clients, operator]);
      if (next.length === 0) {
        if (world.isFaulty) {
          drain();
          continue;
        }
        return checkFinal(world, mails);
      }
      if (world.scheduler.now - drainedAt > LONGEST_DRAIN_MS)
        throw new RuleBroken(`the service finishes its work: ${next.map(({ label }) => label).join(', ')}`);
      next[chooseOption(choices, next, weights)]?.run();
    }
    throw new RuleBroken(`the service finishes its work: it does not within ${MAX_STEPS} steps`);
  }

  /** Returns what may happen next. The first one continues what happened last. */
  private options(
    world: World,
    system: System,
    clients: readonly { readonly options: () => Option[] }[],
  ): Option[] {
    const { scheduler } = world;
    const steps = scheduler.pending.map((step) => ({
      kind: step.process === scheduler.current ? ('own' as const) : ('other' as const),
      label: step.process.name,
      run: () => world.carryOut(step),
    }));
    const others = [...system.options(), ...clients.flatMap((client) => client.options())];
    const time = system.nextTime;
    const waits = time < Infinity && time <= scheduler.latest;
    return [
      ...steps,
      ...others,
      ...(waits ? [{ kind: 'clock' as const, label: 'the clock', run: () => scheduler.advance(time) }] : []),
    ];
  }

  private async createDomain(world: World, choices: Choices, maxSeats: number): Promise<void> {
    const { newCountsWrites } = this.product.load<typeof CountShardsModule>(
      'shared/store/domains/count-shards',
    );
    const { openTable } = this.product.load<typeof TableModule>('shared/store/table/table');
    const seatPolicy = choices.of(['wait', 'refuse'] as const);
    const domain = {
      ...{ pk: `DOMAIN#${DOMAIN_ID}`, sk: 'DOMAIN', domainId: DOMAIN_ID, name: 'Example', version: 1 },
      ...{ mailDelayMinutes: choices.of([0, 0, 2]), mailMinutesPerAddress: choices.of([0, 10]) },
      ...{ scimAvailable: true, scimEnabled: true, ratePlan: 'standard', mailPaused: false },
    };
    const seats = maxSeats > 0 ? { seats: maxSeats, seatPolicy } : {};
    const created = openTable().transact([
      { put: domain },
      { put: { pk: 'DOMAINS', sk: DOMAIN_ID, name: 'Example' } },
      ...newCountsWrites(DOMAIN_ID, seats),
    ]);
    for (const step of world.scheduler.pending) world.carryOut(step);
    await created;
  }
}

/** Chooses one of the options by the weights of their kinds. The first one is the simplest choice. */
function chooseOption(
  choices: Choices,
  options: readonly Option[],
  weights: Readonly<Record<OptionKind, number>>,
): number {
  const total = options.reduce((sum, { kind }) => sum + weights[kind], 0);
  if (options.length === 1 || total === 0) return 0;
  let at = choices.below(total);
  return options.findIndex(({ kind }) => (at -= weights[kind]) < 0);
}

import { type CallSite, type Fault, type FaultKind, WEIGHTS } from './fault';
import { randomOf } from './random';

/** Which calls fail, and how. */
export interface FaultRule {
  /** The share of the calls that fail, from 0 to 1. */
  readonly share: number;
  /** Determines which calls of each function and operation fail, by their position. */
  readonly seed: number;
  /** Only these kinds. @default all kinds that a call can have */
  readonly kinds?: readonly FaultKind[];
  /** Only calls that contain this text, for example the ID of a domain. @default all */
  readonly of?: string;
  /** Only operations whose name contains this text. @default all */
  readonly operation?: string;
  /** Only functions whose name contains this text, in any case. @default all */
  readonly function?: string;
  /** The rule ends after this number of faults. @default never */
  readonly times?: number;
}

/** A fault that was injected. */
export interface InjectedFault {
  readonly kind: FaultKind;
  readonly operation: string;
  readonly function: string;
  readonly about: string;
  /** RFC 3339, UTC. */
  readonly at: string;
}

interface ActiveRule {
  readonly rule: FaultRule;
  /** The numbers of calls so far, by function and operation. */
  readonly calls: Map<string, number>;
  left: number;
}

/**
 * Decides which calls of deployed functions fail. The n-th call of a function to an operation has the same
 * fate in each run with the same seed; only the order of concurrent calls differs.
 */
export class Faults {
  private active: ActiveRule[] = [];
  private injected: InjectedFault[] = [];
  private calls = 0;
  /** Ends the instance of a function that sends a call. Set by Lambda. */
  kill: (functionName: string, instance: string | undefined) => Promise<void> = () => Promise.resolve();

  /** Switches faults on, in addition to those of other rules. */
  add(rule: FaultRule): void {
    this.active.push({ rule, calls: new Map(), left: rule.times ?? Infinity });
  }

  /** Switches all faults off, and forgets which were injected. */
  clear(): void {
    this.active = [];
    this.injected = [];
    this.calls = 0;
  }

  rules(): readonly FaultRule[] {
    return this.active.filter(({ left }) => left > 0).map(({ rule }) => rule);
  }

  /**
   * Returns the faults since the last `clear`, oldest first, and the number of calls that could have failed.
   */
  summary(): { calls: number; injected: readonly InjectedFault[] } {
    return { calls: this.calls, injected: this.injected };
  }

  /** Returns the fault of a call, which can have faults of these kinds. */
  take<Kind extends FaultKind>(site: CallSite, kinds: readonly Kind[]): Fault<Kind> | undefined {
    if (this.active.length === 0) return undefined;
    this.calls += 1;
    for (const each of this.active) {
      const fault = each.left > 0 && matches(each.rule, site) ? decide(each, site, kinds) : undefined;
      if (!fault) continue;
      each.left -= 1;
      const { operation, about = '' } = site;
      const at = new Date().toISOString();
      this.injected.push({ kind: fault.kind, operation, function: site.function, about, at });
      return fault;
    }
    return undefined;
  }
}

function matches({ of, operation, function: part }: FaultRule, site: CallSite): boolean {
  return (
    (operation === undefined || site.operation.includes(operation)) &&
    (part === undefined || site.function.toLowerCase().includes(part.toLowerCase())) &&
    (of === undefined || site.text().includes(of))
  );
}

function decide<Kind extends FaultKind>(
  { rule, calls }: ActiveRule,
  site: CallSite,
  possible: readonly Kind[],
): Fault<Kind> | undefined {
  const name = `${site.function} ${site.operation}`;
  const call = (calls.get(name) ?? 0) + 1;
  calls.set(name, call);
  const kinds = possible.filter((kind) => rule.kinds?.includes(kind) ?? true);
  if (kinds.length === 0 || randomOf(rule.seed, name, call, 'fails') >= rule.share) return undefined;
  const total = kinds.reduce((sum, kind) => sum + WEIGHTS[kind], 0);
  let rest = randomOf(rule.seed, name, call, 'kind') * total;
  const kind = kinds.find((each) => (rest -= WEIGHTS[each]) < 0) ?? kinds[0];
  return kind && { kind, roll: randomOf(rule.seed, name, call, 'roll') };
}

import { UserError } from '../../host/user-error';
import { InvocationThrottled } from './function-error';

/** The part of the account's concurrency that functions cannot reserve. */
const MINIMUM_UNRESERVED = 100;

/**
 * The concurrent invocations of an account. A function with reserved concurrency has its own limit; all
 * others share what no function reserved (Lambda Developer Guide, "Understanding Lambda function scaling").
 */
export class Concurrency {
  private readonly reserved = new Map<string, number>();
  /** The number of running invocations, by function. */
  private readonly running = new Map<string, number>();

  /** `accountLimit` is the quota "Concurrent executions" of the account. */
  constructor(private readonly accountLimit: number) {}

  /** Reserves concurrency for a function. Throws a `UserError` if AWS would refuse it. */
  reserve(functionName: string, count: number): void {
    this.reserved.set(functionName, count);
    if (count === 0 || this.unreserved >= MINIMUM_UNRESERVED) return;
    throw new UserError(
      `${functionName}: Specified ReservedConcurrentExecutions for function decreases account's ` +
        `UnreservedConcurrentExecution below its minimum value of [${MINIMUM_UNRESERVED}].`,
    );
  }

  /** Ends the reservation of a function. */
  release(functionName: string): void {
    this.reserved.delete(functionName);
  }

  /**
   * Counts an invocation until the returned function is called. Throws `InvocationThrottled` above a limit.
   */
  enter(functionName: string): () => void {
    const limit = this.reserved.get(functionName);
    if (limit === undefined) {
      if (this.runningUnreserved() >= this.unreserved)
        throw new InvocationThrottled('ConcurrentInvocationLimitExceeded');
    } else if (this.countOf(functionName) >= limit) {
      throw new InvocationThrottled('ReservedFunctionConcurrentInvocationLimitExceeded');
    }
    this.running.set(functionName, this.countOf(functionName) + 1);
    return () => this.running.set(functionName, this.countOf(functionName) - 1);
  }

  private get unreserved(): number {
    return [...this.reserved.values()].reduce((left, count) => left - count, this.accountLimit);
  }

  private runningUnreserved(): number {
    return [...this.running].reduce((sum, [name, count]) => (this.reserved.has(name) ? sum : sum + count), 0);
  }

  private countOf(functionName: string): number {
    return this.running.get(functionName) ?? 0;
  }
}

import { isRefusal, type RequestObserver } from '../clients';
import { DOMAIN_ID, userOf } from '../directory';
import type { Operation, UserState } from '../operations';
import type { ItemChange } from '../table/memory-table';
import type { InvocationEnd } from '../world/functions';
import type { Process } from '../world/scheduler';
import type { Verdict } from '../world/verdict';
import { assertRule } from './commit-rules';

interface Request {
  readonly operation: Operation;
  /** The states of the user while the request was in progress. */
  readonly states: Set<UserState>;
}

/** Checks that the responses of requests are true. */
export class RequestRules implements RequestObserver {
  private readonly running = new Map<object, Request>();
  private readonly states = new Map<string, UserState>();
  private readonly writers = new Set<Process>();

  constructor(private readonly verdict: Verdict) {}

  begin(operation: Operation, request: object): void {
    const state = this.states.get(operation.userId ?? '') ?? 'absent';
    this.running.set(request, { operation, states: new Set([state]) });
  }

  /** Records the states that users have after a write. */
  commit(changes: readonly ItemChange[], process: Process): void {
    for (const { key, after } of changes) {
      if (key.pk === `${DOMAIN_ID}#LICENSE`) this.writers.add(process);
      if (key.pk !== `${DOMAIN_ID}#USER`) continue;
      const state = after ? (userOf(after).isActive ? 'active' : 'inactive') : 'absent';
      this.states.set(key.sk, state);
      for (const { operation, states } of this.running.values())
        if (operation.userId === key.sk) states.add(state);
    }
  }

  end(operation: Operation, request: object, end: InvocationEnd, process: Process): void {
    this.verdict.guard(() => this.check(operation, request, end, process));
  }

  private check(operation: Operation, request: object, end: InvocationEnd, process: Process): void {
    const running = this.running.get(request);
    this.running.delete(request);
    const { state, label } = operation;
    if (end.kind === 'returned' && state !== undefined)
      assertRule(
        running?.states.has(state) ?? false,
        'a request that succeeded has made its change',
        () => `"${label}" succeeded, and the user was ${[...(running?.states ?? [])].join(', ')}`,
      );
    if (end.kind !== 'threw') return;
    assertRule(
      !isRefusal(end.error) || !this.writers.has(process),
      'a request that was refused has changed nothing',
      () => `"${label}" was refused after its change: ${String(end.error)}`,
    );
  }
}

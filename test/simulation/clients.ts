import type { Choices } from './choices';
import type { Operations, Operation } from './operations';
import type { InvocationEnd, Functions } from './world/functions';
import { Process } from './world/scheduler';
import type { Option } from './system';

/** The longest time of a request at API Gateway, in milliseconds. */
const REQUEST_MS = 29_000;
const MAX_ATTEMPTS = 4;

/** Observes the requests of clients. */
export interface RequestObserver {
  begin(operation: Operation, request: object): void;
  end(operation: Operation, request: object, end: InvocationEnd, process: Process): void;
}

/** A client: it sends one request after the other, and repeats those that fail, as identity providers do. */
export class Client {
  private isBusy = false;
  private repeated: Operation | undefined;
  private attempts = 0;

  constructor(
    private readonly name: string,
    private left: number,
    private readonly parts: {
      readonly operations: Operations;
      readonly functions: Functions;
      readonly choices: Choices;
      readonly observer: RequestObserver;
    },
  ) {}

  get isDone(): boolean {
    return !this.isBusy && !this.repeated && this.left === 0;
  }

  /** Returns the request that the client can send now. */
  options(): Option[] {
    if (this.isBusy || this.isDone) return [];
    return [{ kind: 'client', label: `${this.name} sends`, run: () => this.send() }];
  }

  private send(): void {
    const { operations, functions, choices, observer } = this.parts;
    if (!this.repeated) {
      this.left--;
      this.attempts = 0;
    }
    const operation = this.repeated ?? operations.choose(choices);
    this.repeated = undefined;
    this.attempts++;
    this.isBusy = true;
    const request = {};
    observer.begin(operation, request);
    const process = new Process(`${this.name} ${operation.label}`);
    functions.runAs(process, REQUEST_MS, operation.run, (end) => {
      this.isBusy = false;
      observer.end(operation, request, end, process);
      if (mayRepeat(end) && this.attempts < MAX_ATTEMPTS) this.repeated = operation;
    });
  }
}

/** Returns whether the response was lost, or a 5xx. */
function mayRepeat(end: InvocationEnd): boolean {
  if (end.kind === 'killed') return true;
  return end.kind === 'threw' && !isRefusal(end.error);
}

/** Returns whether a request was refused for good. */
export function isRefusal(error: unknown): boolean {
  const { status, problem } = error as { status?: number; problem?: string };
  return (status !== undefined && status < 500) || problem !== undefined;
}

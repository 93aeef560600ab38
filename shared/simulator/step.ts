import type { Expectation } from './expectation';
import type { ProviderId } from './provider-id';
import type { Run, TestUser } from './run-state';
import type { PlainText } from './texts/say';
import type { SimulatedRequest } from './wire';

/** The phases of a simulation, in their order. */
export type Phase =
  'test connection' | 'match' | 'create' | 'update' | 'group push' | 'deactivate' | 'cleanup';

/** A request that an identity provider sends, with the answer that it needs. */
export interface Step {
  readonly phase: Phase;
  /** The action of the identity provider, such as "Find the user". */
  readonly title: PlainText;
  /** `user` if the step is repeated for each test user. @default - once, for the first user */
  readonly each?: 'user';
  /** The resources that must exist. Without them, the step is skipped. @default - none */
  readonly needs?: readonly ('user' | 'group')[];
  readonly request: (run: Run, user: TestUser) => SimulatedRequest;
  readonly expect: readonly Expectation[];
  /** The resource whose id and content are in the response. */
  readonly saves?: 'user' | 'group';
}

/** The requests of an identity provider. */
export interface Provider {
  readonly id: ProviderId;
  readonly name: string;
  /** The headers of all requests. */
  readonly headers: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

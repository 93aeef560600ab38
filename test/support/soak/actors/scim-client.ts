import type { IdentityProvider } from '../../faults/identity-provider';
import { jsonOf } from '../../faults/wire';
import { session } from '../../system/system';
import type { Register, Value } from '../model/register';
import type { SoakDomain } from '../model/world';

/**
 * The knowledge of a client after a request: `done`, `refused` without any effect, or `unknown`, because no
 * attempt has got a response, or because an attempt before a refusal may have succeeded.
 */
export type Outcome = 'done' | 'refused' | 'unknown';

/** The outcome of a request. Times are those of the clock of the soak. */
export interface Reply {
  readonly outcome: Outcome;
  readonly attempts: number;
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>> | undefined;
  readonly startedAt: number;
  readonly endedAt: number;
}

/** A value that a request writes. */
export type Effect = readonly [Register, Value];

/** The things that all actors share. */
export interface Surroundings {
  readonly idp: IdentityProvider;
  /** Returns the next time of the clock, which never stands still. */
  readonly tick: () => number;
  /** The wrong responses, each reported in one sentence. */
  readonly problems: string[];
}

/** A client of an identity provider, with its own SCIM key in one domain. */
export class ScimClient {
  constructor(
    readonly name: string,
    readonly domain: SoakDomain,
    readonly around: Surroundings,
    public scimKey: string,
    public keyId: string,
  ) {}

  /** Sends a request until it has a response that is not a failure. */
  async send(method: string, path: string, body?: object): Promise<Reply> {
    const { idp, tick, problems } = this.around;
    const startedAt = tick();
    const url = session().baseUrl + path;
    const response = await idp
      .exchange({
        ...{ method, url },
        headers: {
          authorization: `Bearer ${this.scimKey}`,
          ...(body && { 'content-type': 'application/scim+json' }),
        },
        ...(body && { body: JSON.stringify(body) }),
      })
      .catch(() => undefined);
    const { status = 0, attempts = 1 } = response ?? {};
    const parsed = response && jsonOf(response);
    const outcome = this.outcomeOf(method, status, attempts, parsed);
    if (outcome === 'wrong')
      problems.push(`${this.name}: ${method} ${path}: ${status} ${response?.body.slice(0, 300)}`);
    const known = outcome === 'wrong' ? 'refused' : outcome;
    return { outcome: known, attempts, status, body: parsed, startedAt, endedAt: tick() };
  }

  private outcomeOf(
    method: string,
    status: number,
    attempts: number,
    body: Readonly<Record<string, unknown>> | undefined,
  ): Outcome | 'wrong' {
    if (status >= 200 && status < 300) return 'done';
    if (status === 0 || status === 429 || status >= 500) return 'unknown';
    if (this.domain.isDeleted) return 'unknown';
    if (method === 'DELETE' && status === 404 && attempts > 1) return 'done';
    const isWithoutSeat = status === 403 && /seat/i.test(String(body?.detail));
    if (!isWithoutSeat) return 'wrong';
    return attempts > 1 ? 'unknown' : 'refused';
  }
}

/** Records what a request has written, or may have written. */
export function recordEffects({ outcome, startedAt, endedAt }: Reply, effects: readonly Effect[]): void {
  if (outcome === 'refused') return;
  for (const [register, value] of effects)
    register.record({ value, startedAt, endedAt, isCertain: outcome === 'done' });
}

import type { ConflictCount } from '../../local/services/dynamodb/conflicts/conflict-watch';
import type { System } from '../../local/product/system';
import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '../../shared/id';
import { openDomainAdmin } from '../../shared/service/domains/domain-admin';
import { openScimKeyAdmin } from '../../shared/service/credentials/scim-key-admin';
import { WorkBudget } from '../../shared/scim/work';
import type { Caller } from '../../shared/service/resources/caller';
import { Users } from '../../shared/service/users/users';
import type { SeatSettings } from '../../shared/store/licenses/seat-settings';
import { openTable, type Table } from '../../shared/store/table/table';

/** Who prepares the domains. */
export const BENCH_ACTOR = { kind: 'system', name: 'bench' } as const;
/** The name of each domain. */
export const BENCH_NAME = 'Bench';

const DAY_MS = 86_400_000;
const CONCURRENT_CREATIONS = 12;

export interface BenchResponse {
  readonly status: number;
  readonly body?: unknown;
}

/** The parts of a running system that a load needs. */
export type MeasuredSystem = Pick<System, 'session' | 'deployment'>;

/** A domain is quiet when no function has written anything in it for this time. */
const QUIET_MS = 1_000;

/** A new domain of the measured system, with a client that sends SCIM requests. */
export class BenchDomain {
  private constructor(
    readonly system: MeasuredSystem,
    readonly domainId: string,
    private readonly scimKey: string,
  ) {}

  static async create(system: MeasuredSystem, seats?: SeatSettings): Promise<BenchDomain> {
    const { domainId } = await openDomainAdmin(system.deployment).createDomain(
      { name: BENCH_NAME, ratePlan: 'unmetered', ...seats },
      BENCH_ACTOR,
    );
    const { token } = await openScimKeyAdmin(system.deployment).createScimKey(
      domainId,
      { name: 'bench' },
      BENCH_ACTOR,
    );
    return new BenchDomain(system, domainId, token);
  }

  /** Sends a SCIM request. `path` is below the base URL. */
  async request(method: string, path: string, body?: unknown): Promise<BenchResponse> {
    const response = await fetch(this.system.session.baseUrl + path, {
      method,
      headers: { authorization: `Bearer ${this.scimKey}`, 'content-type': 'application/scim+json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
  }

  /** The table of the system. */
  get table(): Table {
    return openTable(this.system.deployment.tableName);
  }

  /** A caller for services that run in this process, which prepare the domain faster than requests. */
  get caller(): Caller {
    return {
      domainId: this.domainId,
      actor: BENCH_ACTOR,
      requestId: newId(),
      baseUrl: this.system.session.baseUrl,
      deadline: Date.now() + DAY_MS,
      shows: () => false,
      work: new WorkBudget(Infinity),
    };
  }

  /** Creates users without an address, and returns their ids. */
  async createUsers(count: number, attributes: object = {}): Promise<string[]> {
    const settings = { auditRetentionDays: 1, keyGraceDays: 30, requireMailAddress: false };
    const ids: string[] = [];
    let started = 0;
    const worker = async (): Promise<void> => {
      while (started++ < count) {
        const users = new Users(this.table, settings, this.caller);
        const { id } = await users.create({ userName: `prepared-${newId()}`, ...attributes });
        ids.push(id);
      }
    };
    await Promise.all(Array.from({ length: CONCURRENT_CREATIONS }, worker));
    return ids;
  }

  /**
   * Counts the domain's conflicts from now on. Its transactions hold their items for `holdMs` milliseconds.
   * If `refuses` is false, nothing in the domain conflicts, but transactions take as long.
   */
  async watchConflicts(refuses: boolean, holdMs: number): Promise<void> {
    await this.control('POST', `&hold=${holdMs}${refuses ? '' : '&refuse=off'}`);
  }

  /** Returns the conflicts since the last `watchConflicts`. */
  async takeConflicts(): Promise<readonly ConflictCount[]> {
    return (await this.control('DELETE')) as readonly ConflictCount[];
  }

  /**
   * Waits until the functions behind the stream have finished with what happened in the domain. Ends the
   * watch.
   */
  async untilQuiet(): Promise<void> {
    do {
      await this.watchConflicts(false, 0);
      await sleep(QUIET_MS);
    } while ((await this.takeConflicts()).length > 0);
  }

  private async control(method: string, more = ''): Promise<unknown> {
    const url = `${this.system.session.controlUrl}/conflicts?of=${this.domainId}${more}`;
    const response = await fetch(url, { method });
    const text = await response.text();
    if (!response.ok) throw new Error(text);
    return text === '' ? undefined : JSON.parse(text);
  }
}

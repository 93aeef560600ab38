import { orderOf } from '../../scim/bulk/order';
import type { BulkOperation, BulkRequest } from '../../scim/bulk/parse';
import { patchOf, resolvePath, resolveReferences, splitData } from '../../scim/bulk/references';
import { ScimError, type ScimErrorBody } from '../../scim/error';
import type { Attributes } from '../../scim/resource';
import type { BulkOperations, DoneOperation } from './bulk-operations';

/** The answer to one operation (RFC 7644 §3.7.3). */
export interface BulkAnswer {
  readonly method: string;
  readonly bulkId?: string;
  readonly location?: string;
  readonly version?: string;
  readonly status: string;
  /** The error, where it failed. */
  readonly response?: ScimErrorBody;
}

export interface BulkRunOptions {
  readonly operations: BulkOperations;
  /** The answer to whatever was thrown. */
  readonly toScimError: (error: unknown) => ScimError;
  /** Throws where there is no time for one operation more. */
  readonly checkTime: () => void;
  /** Told of each operation that failed. */
  readonly onFailed: (operation: BulkOperation, error: ScimError) => void;
}

/** A resource that was created without what refers to others, which were not there yet. */
interface Unfinished {
  readonly index: number;
  readonly path: string;
  readonly waitsFor: ReadonlySet<string>;
  readonly later: Attributes;
}

/** Does the operations of a bulk one after the other, and keeps what became of them. */
export class BulkRun {
  private readonly answers = new Map<number, BulkAnswer>();
  /** What POSTs created, by their bulkId. */
  private readonly ids = new Map<string, string>();
  /** The bulkIds of POSTs that were tried. */
  private readonly tried = new Set<string>();
  private unfinished: Unfinished[] = [];

  constructor(
    private readonly bulk: BulkRequest,
    private readonly options: BulkRunOptions,
  ) {}

  get errors(): number {
    return [...this.answers.values()].filter(({ response }) => response).length;
  }

  /** The answers in the order of the request, without those to operations that were not run after too many errors. */
  async run(): Promise<BulkAnswer[]> {
    for (const { index, later } of orderOf(this.bulk.operations)) {
      if (this.errors >= this.bulk.failOnErrors) break;
      await this.step(index, later);
      await this.finish(({ waitsFor }) => [...waitsFor].every((bulkId) => this.tried.has(bulkId)));
    }
    await this.finish(() => true);
    return [...this.answers].sort(([a], [b]) => a - b).map(([, answer]) => answer);
  }

  private async step(index: number, later: ReadonlySet<string>): Promise<void> {
    const operation = this.bulk.operations[index] as BulkOperation;
    const { method, bulkId, data = {} } = operation;
    const split = later.size > 0 ? splitData(data, (reference) => later.has(reference)) : undefined;
    try {
      const done = await this.perform(split ? { ...operation, data: split.now } : operation);
      this.answers.set(index, answerOf(operation, done));
      if (done.id === undefined) return;
      if (bulkId !== undefined) this.ids.set(bulkId, done.id);
      if (split) {
        const path = `${operation.path}/${encodeURIComponent(done.id)}`;
        this.unfinished.push({ index, path, waitsFor: later, later: split.later });
      }
    } catch (error) {
      const { status, body } = this.failed(operation, error);
      const location = this.options.operations.locationOf(method, this.knownPath(operation.path));
      this.answers.set(index, answerOf(operation, { status, location }, body));
    } finally {
      if (bulkId !== undefined) this.tried.add(bulkId);
    }
  }

  private perform(operation: BulkOperation): Promise<DoneOperation> {
    const { method, path, version, data, problem } = operation;
    if (problem) throw problem;
    this.options.checkTime();
    return this.options.operations.perform({
      method,
      path: resolvePath(path, this.idOf),
      version,
      data: data && resolveReferences(data, this.idOf),
    });
  }

  /** Adds to resources that `are ready` what they were created without. */
  private async finish(isReady: (unfinished: Unfinished) => boolean): Promise<void> {
    const ready = this.unfinished.filter(isReady);
    this.unfinished = this.unfinished.filter((each) => !ready.includes(each));
    for (const { index, path, later } of ready) {
      const operation = this.bulk.operations[index] as BulkOperation;
      const created = this.answers.get(index) as BulkAnswer;
      const patch = { method: 'PATCH', path, data: patchOf(later) };
      try {
        const { version } = await this.perform(patch);
        this.answers.set(index, { ...created, version });
      } catch (error) {
        const { status, body } = this.failed({ ...operation, ...patch }, error);
        const detail = `It was created, but without ${Object.keys(later).join(', ')}: ${body.detail} Add it with PATCH.`;
        this.answers.set(index, answerOf(operation, { ...created, status }, { ...body, detail }));
      }
    }
  }

  private failed(operation: BulkOperation, error: unknown): ScimError {
    const scimError = this.options.toScimError(error);
    this.options.onFailed(operation, scimError);
    return scimError;
  }

  private readonly idOf = (bulkId: string): string => {
    const id = this.ids.get(bulkId);
    if (id !== undefined) return id;
    throw ScimError.invalidValue(
      `Nothing was created with the bulkId "${bulkId.slice(0, 100)}". Refer to a POST of this bulk that succeeds.`,
    );
  };

  /** A path for a location: a reference that leads nowhere stays one. */
  private readonly knownPath = (path: string): string =>
    resolvePath(path, (bulkId) => this.ids.get(bulkId) ?? `bulkId:${bulkId}`);
}

function answerOf(
  { method, bulkId }: BulkOperation,
  { status, location, version }: DoneOperation,
  response?: ScimErrorBody,
): BulkAnswer {
  return {
    method,
    ...(bulkId !== undefined && { bulkId }),
    ...(location !== undefined && { location }),
    ...(version !== undefined && { version }),
    status: String(status),
    ...(response && { response }),
  };
}

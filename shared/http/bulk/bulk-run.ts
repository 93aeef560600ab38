import { orderOperations } from '../../scim/bulk/order';
import type { BulkOperation, BulkRequest } from '../../scim/bulk/parse';
import { addPatch, resolvePathReferences, resolveReferences, splitData } from '../../scim/bulk/references';
import { ScimError, type ScimErrorBody } from '../../scim/error';
import type { Attributes } from '../../scim/resource';
import type { BulkOperations, OperationResult } from './bulk-operations';

/** The answer to one operation (RFC 7644 §3.7.3). */
export interface BulkOperationResponse {
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
interface DeferredPatch {
  readonly index: number;
  readonly path: string;
  readonly waitsFor: ReadonlySet<string>;
  readonly deferred: Attributes;
}

/** Does the operations of a bulk one after the other, and keeps what became of them. */
export class BulkRun {
  private readonly responses = new Map<number, BulkOperationResponse>();
  /** What POSTs created, by their bulkId. */
  private readonly ids = new Map<string, string>();
  /** The bulkIds of POSTs that were tried. */
  private readonly attempted = new Set<string>();
  private deferredPatches: DeferredPatch[] = [];

  constructor(
    private readonly bulk: BulkRequest,
    private readonly options: BulkRunOptions,
  ) {}

  get errors(): number {
    return [...this.responses.values()].filter(({ response }) => response).length;
  }

  /** The answers in the order of the request, without those to operations that were not run after too many errors. */
  async run(): Promise<BulkOperationResponse[]> {
    for (const { index, deferredBulkIds } of orderOperations(this.bulk.operations)) {
      if (this.errors >= this.bulk.failOnErrors) break;
      await this.runOperation(index, deferredBulkIds);
      await this.applyDeferred(({ waitsFor }) => [...waitsFor].every((bulkId) => this.attempted.has(bulkId)));
    }
    await this.applyDeferred(() => true);
    return [...this.responses].sort(([a], [b]) => a - b).map(([, answer]) => answer);
  }

  private async runOperation(index: number, later: ReadonlySet<string>): Promise<void> {
    const operation = this.bulk.operations[index] as BulkOperation;
    const { method, bulkId, data = {} } = operation;
    const split = later.size > 0 ? splitData(data, (reference) => later.has(reference)) : undefined;
    try {
      const done = await this.perform(split ? { ...operation, data: split.immediate } : operation);
      this.responses.set(index, toOperationResponse(operation, done));
      if (done.id === undefined) return;
      if (bulkId !== undefined) this.ids.set(bulkId, done.id);
      if (split) {
        const path = `${operation.path}/${encodeURIComponent(done.id)}`;
        this.deferredPatches.push({ index, path, waitsFor: later, deferred: split.deferred });
      }
    } catch (error) {
      const { status, body } = this.recordFailure(operation, error);
      const location = this.options.operations.locationOf(method, this.knownPath(operation.path));
      this.responses.set(index, toOperationResponse(operation, { status, location }, body));
    } finally {
      if (bulkId !== undefined) this.attempted.add(bulkId);
    }
  }

  private perform(operation: BulkOperation): Promise<OperationResult> {
    const { method, path, version, data, problem } = operation;
    if (problem) throw problem;
    this.options.checkTime();
    return this.options.operations.perform({
      method,
      path: resolvePathReferences(path, this.idOf),
      version,
      data: data && resolveReferences(data, this.idOf),
    });
  }

  /** Adds to resources that `are ready` what they were created without. */
  private async applyDeferred(isReady: (unfinished: DeferredPatch) => boolean): Promise<void> {
    const ready = this.deferredPatches.filter(isReady);
    this.deferredPatches = this.deferredPatches.filter((each) => !ready.includes(each));
    for (const { index, path, deferred } of ready) {
      const operation = this.bulk.operations[index] as BulkOperation;
      const created = this.responses.get(index) as BulkOperationResponse;
      const patch = { method: 'PATCH', path, data: addPatch(deferred) };
      try {
        const { version } = await this.perform(patch);
        this.responses.set(index, { ...created, version });
      } catch (error) {
        const { status, body } = this.recordFailure({ ...operation, ...patch }, error);
        const detail = `It was created, but without ${Object.keys(deferred).join(', ')}: ${body.detail} Add it with PATCH.`;
        this.responses.set(
          index,
          toOperationResponse(operation, { ...created, status }, { ...body, detail }),
        );
      }
    }
  }

  private recordFailure(operation: BulkOperation, error: unknown): ScimError {
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
    resolvePathReferences(path, (bulkId) => this.ids.get(bulkId) ?? `bulkId:${bulkId}`);
}

function toOperationResponse(
  { method, bulkId }: BulkOperation,
  { status, location, version }: OperationResult,
  response?: ScimErrorBody,
): BulkOperationResponse {
  return {
    method,
    ...(bulkId !== undefined && { bulkId }),
    ...(location !== undefined && { location }),
    ...(version !== undefined && { version }),
    status: String(status),
    ...(response && { response }),
  };
}

import { orderOperations } from '../../scim/bulk/order';
import type { BulkOperation, BulkRequest } from '../../scim/bulk/parse';
import { addPatch, resolvePathReferences, resolveReferences, splitData } from '../../scim/bulk/references';
import { ScimError, type ScimErrorBody } from '../../scim/error';
import type { Attributes } from '../../scim/resource';
import type { BulkOperations, OperationResult } from './bulk-operations';
import { pluralize } from '../../pluralize';

/** The response to one operation (RFC 7644 §3.7.3). */
export interface BulkOperationResponse {
  readonly method: string;
  readonly bulkId?: string;
  readonly location?: string;
  readonly version?: string;
  readonly status: string;
  /** The error, if the operation failed. */
  readonly response?: ScimErrorBody;
}

export interface BulkRunOptions {
  readonly operations: BulkOperations;
  /** Converts the error of an operation. */
  readonly toScimError: (error: unknown) => ScimError;
  /** Throws if no time is left for another operation. */
  readonly checkTime: () => void;
  /** Called for each failed operation. */
  readonly onFailed: (operation: BulkOperation, error: ScimError) => void;
}

/** The attributes of a created resource that refer to resources which did not exist yet. */
interface DeferredPatch {
  readonly index: number;
  readonly path: string;
  /** The bulkIds of POSTs that neither succeeded nor failed yet. */
  readonly waitsFor: Set<string>;
  readonly deferred: Attributes;
}

/** Performs the operations of a bulk in sequence and collects their responses. */
export class BulkRun {
  private readonly responses = new Map<number, BulkOperationResponse>();
  /** Ids of created resources by the bulkId of their POST. */
  private readonly ids = new Map<string, string>();
  /** The bulkIds of POSTs that succeeded or failed. */
  private readonly attempted = new Set<string>();
  /** In the order in which their resources were created. */
  private readonly deferredPatches = new Set<DeferredPatch>();
  /** The deferred patches by the bulkIds that they wait for, so that each reference is examined once. */
  private readonly waiting = new Map<string, DeferredPatch[]>();
  /** The positions of failed operations. */
  private readonly failed = new Set<number>();
  /** The whole seconds after which all operations that failed for a while can be sent again. */
  retryAfter: number | undefined;

  constructor(
    private readonly bulk: BulkRequest,
    private readonly options: BulkRunOptions,
  ) {}

  get errors(): number {
    return this.failed.size;
  }

  /**
   * Returns the responses in the order of the request. Operations that did not run after `failOnErrors` have
   * none.
   */
  async run(): Promise<BulkOperationResponse[]> {
    for (const { index, deferredBulkIds } of orderOperations(this.bulk.operations)) {
      if (this.errors >= this.bulk.failOnErrors) break;
      await this.applyDeferred(await this.runOperation(index, deferredBulkIds));
    }
    await this.applyDeferred([...this.deferredPatches]);
    return [...this.responses].sort(([a], [b]) => a - b).map(([, response]) => response);
  }

  /** Returns the deferred patches that wait for no other operation after this one. */
  private async runOperation(
    index: number,
    deferredBulkIds: ReadonlySet<string>,
  ): Promise<readonly DeferredPatch[]> {
    const operation = this.bulk.operations[index] as BulkOperation;
    const { method, bulkId, data = {} } = operation;
    const split =
      deferredBulkIds.size > 0 ? splitData(data, (reference) => deferredBulkIds.has(reference)) : undefined;
    try {
      const result = await this.perform(split ? { ...operation, data: split.immediate } : operation);
      this.responses.set(index, toOperationResponse(operation, result));
      if (result.id === undefined) return this.endWait(bulkId);
      if (bulkId !== undefined) this.ids.set(bulkId, result.id);
      if (!split) return this.endWait(bulkId);
      const path = `${operation.path}/${encodeURIComponent(result.id)}`;
      return this.defer(
        { index, path, waitsFor: new Set(deferredBulkIds), deferred: split.deferred },
        bulkId,
      );
    } catch (error) {
      const { status, body } = this.recordFailure(operation, error);
      const location = this.options.operations.locationOf(method, this.knownPath(operation.path));
      this.responses.set(index, toOperationResponse(operation, { status, location }, body));
      this.failed.add(index);
      return this.endWait(bulkId);
    }
  }

  /** Registers a patch, and ends the wait for the operation that created its resource. */
  private defer(patch: DeferredPatch, bulkId: string | undefined): readonly DeferredPatch[] {
    this.deferredPatches.add(patch);
    for (const awaited of patch.waitsFor) {
      if (this.attempted.has(awaited)) {
        patch.waitsFor.delete(awaited);
        continue;
      }
      const waiting = this.waiting.get(awaited) ?? [];
      waiting.push(patch);
      this.waiting.set(awaited, waiting);
    }
    const ready = this.endWait(bulkId);
    return patch.waitsFor.size === 0 && !ready.includes(patch) ? [...ready, patch] : ready;
  }

  /** Returns the patches that waited only for the operation with this bulkId. */
  private endWait(bulkId: string | undefined): readonly DeferredPatch[] {
    if (bulkId === undefined) return [];
    this.attempted.add(bulkId);
    const patches = this.waiting.get(bulkId) ?? [];
    this.waiting.delete(bulkId);
    return patches.filter(({ waitsFor }) => {
      waitsFor.delete(bulkId);
      return waitsFor.size === 0;
    });
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

  /** Adds the deferred attributes to their resources. */
  private async applyDeferred(ready: readonly DeferredPatch[]): Promise<void> {
    for (const deferredPatch of ready) {
      this.deferredPatches.delete(deferredPatch);
      const { index, path, deferred } = deferredPatch;
      const operation = this.bulk.operations[index] as BulkOperation;
      const created = this.responses.get(index) as BulkOperationResponse;
      const patch = { method: 'PATCH', path, data: addPatch(deferred) };
      try {
        const { version } = await this.perform(patch);
        this.responses.set(index, { ...created, version });
      } catch (error) {
        const { status, body } = this.recordFailure({ ...operation, ...patch }, error);
        const attributes = Object.keys(deferred).join(', ');
        this.failed.add(index);
        const detail = `The resource was created without ${attributes}: ${body.detail} Add it with PATCH.`;
        this.responses.set(
          index,
          toOperationResponse(operation, { ...created, status }, { ...body, detail }),
        );
      }
    }
  }

  private recordFailure(operation: BulkOperation, error: unknown): Pick<ScimError, 'status' | 'body'> {
    const scimError = this.options.toScimError(error);
    this.options.onFailed(operation, scimError);
    const { status, body, retryAfter } = scimError;
    if (retryAfter === undefined) return { status, body };
    this.retryAfter = Math.max(retryAfter, this.retryAfter ?? 0);
    return {
      status,
      body: { ...body, detail: `${body.detail} Retry after ${pluralize(retryAfter, 'second')}.` },
    };
  }

  private readonly idOf = (bulkId: string): string => {
    const id = this.ids.get(bulkId);
    if (id !== undefined) return id;
    throw ScimError.invalidValue(
      `No resource was created with the bulkId "${bulkId.slice(0, 100)}". ` +
        'Refer to a POST of this bulk that succeeds.',
    );
  };

  /** Returns a path for a location. A reference without a created resource stays a reference. */
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

import { newId } from '../../id';
import { RequestLog } from '../../store/requests/request-log';
import type { RequestRecord } from '../../store/requests/request-record';
import { openTable } from '../../store/table/table';
import { logger } from '../../logging/telemetry';
import type { Clock } from '../chain/clock';
import { maskPath } from './mask-path';
import { RequestSampler } from './request-sampler';

export interface RequestRecorderOptions {
  readonly log: () => Pick<RequestLog, 'record'>;
  /** Shared by all requests of the process. */
  readonly sampler: RequestSampler;
  readonly now: Clock;
  readonly onFailed: (error: unknown) => void;
}

/** The facts that decide whether a request is recorded, and as which kind. */
export interface RecordedRequest extends Pick<
  RequestRecord,
  'connectionId' | 'method' | 'status' | 'operations'
> {
  /** The path below the base URL, as the client sent it. A record contains it masked. */
  readonly path: string;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
}

export type RequestDetails = Omit<RequestRecord, keyof RecordedRequest | 'id' | 'outcome' | 'others'>;

/**
 * After a failure, the requests of the domain are not recorded for this time, so that a slow table does not
 * hold up each of them.
 */
const PAUSE_MS = 10_000;
/** Limits the memory, whatever the number of domains. */
const MAX_PAUSES = 1_000;

/** Records the requests of a domain for its administrators. A failure does not fail the request. */
export class RequestRecorder {
  /** The end of each pause, by domain. */
  private readonly pauses = new Map<string, number>();

  constructor(private readonly options: RequestRecorderOptions) {}

  /**
   * Records a request if the sampler chooses it. `describe` is called only then. Ends within the timeout of
   * the log, and never throws.
   */
  async record(domainId: string, summary: RecordedRequest, describe: () => RequestDetails): Promise<void> {
    const { log, sampler, now, onFailed } = this.options;
    const { receivedAt, ...request } = summary;
    const outcome = isRefused(request) ? 'refused' : 'accepted';
    const kind = outcome === 'refused' ? String(request.status) : kindOf(request);
    const sample = sampler.take(domainId, outcome, `${request.connectionId} ${kind}`, now());
    if (!sample) return;
    if (now() < (this.pauses.get(domainId) ?? 0)) return sample.giveBack();
    const id = newId(new Date(receivedAt));
    const record = {
      ...request,
      path: maskPath(request.path),
      ...describe(),
      id,
      outcome,
      others: sample.others,
    } as const;
    try {
      await log().record(domainId, record);
    } catch (error) {
      sample.giveBack();
      this.pause(domainId);
      onFailed(error);
    }
  }

  private pause(domainId: string): void {
    if (this.pauses.size >= MAX_PAUSES) this.pauses.clear();
    this.pauses.set(domainId, this.options.now() + PAUSE_MS);
  }
}

/** Creates the recorder of a function, for its table. */
export function openRequestRecorder(now: Clock): RequestRecorder {
  let log: RequestLog | undefined;
  return new RequestRecorder({
    log: () => (log ??= new RequestLog(openTable())),
    sampler: new RequestSampler(),
    now,
    onFailed: (error) => logger.warn('A request was not recorded.', error as Error),
  });
}

const isRefused = ({ status, operations }: Pick<RecordedRequest, 'status' | 'operations'>): boolean =>
  status >= 400 || (operations?.failed ?? 0) > 0;

/** Many reads must not displace the few changes among them. */
const kindOf = ({ method, path }: Pick<RecordedRequest, 'method' | 'path'>): string =>
  method === 'GET' || /\/\.search$/i.test(path) ? 'read' : 'change';

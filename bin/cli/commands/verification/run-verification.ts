import type { AdminClient } from '../../connection/admin-client';
import { attempt } from '../../connection/attempt';
import { Failure, NotFound } from '../../failure';
import { collectItems } from '../../paging';
import { newTotal, type DomainVerification, type Total } from './results';
import { STEPS, textOf, type VerifyPosition } from './position';

/** The parts of a run that its caller chooses. */
export interface RunParts {
  readonly api: AdminClient;
  /** The most read units in a second. */
  readonly pace: number;
  readonly isInterrupted: () => boolean;
  readonly sleep: (ms: number) => Promise<void>;
  readonly now: () => number;
  readonly onProgress: (run: VerificationRun) => void;
}

/** A part consumes the units of this time, in seconds. */
const PART_SECONDS = 2;

/** Thrown to end a run that the user has interrupted. */
class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** A verification, step by step and part by part. It continues at any position. */
export class VerificationRun {
  readUnits = 0;
  /** The items of all domains, which one scan reads. */
  private checkedTogether = 0;
  private readonly totals = new Map<string, Total>();

  constructor(
    public position: VerifyPosition,
    private readonly parts: RunParts,
  ) {}

  /** Returns what was found so far, by domain. */
  get results(): DomainVerification[] {
    return [...this.totals.values()];
  }

  get checked(): number {
    return this.results.reduce(
      (sum, { checked, items, counts }) => sum + checked + items.checked + counts.checked,
      this.checkedTogether,
    );
  }

  async run(): Promise<void> {
    const { only } = this.position;
    const domainIds = only === undefined ? await this.allDomains() : [only];
    for (const domainId of domainIds) this.totalOf(domainId);
    for (const step of STEPS.slice(STEPS.indexOf(this.position.step))) {
      if (this.position.step !== step) this.position = { ...this.options, step };
      if (step === 'items' && only === undefined) {
        await this.verifyItems();
        continue;
      }
      const first = this.position.domainId;
      for (const domainId of domainIds) {
        if (first !== undefined && domainId < first) continue;
        if (this.position.domainId !== domainId) this.position = { ...this.options, step, domainId };
        await this.verifyDomain(step, domainId);
      }
    }
  }

  /** Does a step of a domain. If all domains are verified, a domain that was deleted meanwhile is skipped. */
  private async verifyDomain(step: (typeof STEPS)[number], domainId: string): Promise<void> {
    try {
      if (step === 'names') await this.verifyNames(domainId);
      else if (step === 'items') await this.verifyItems(domainId);
      else await this.verifyCounts(domainId);
    } catch (error) {
      if (!(error instanceof NotFound) || this.position.only !== undefined) throw error;
      if ((await this.allDomains()).includes(domainId)) throw error;
      if (this.totalOf(domainId).items.problems.length === 0) this.totals.delete(domainId);
    }
  }

  private get options(): Pick<VerifyPosition, 'only' | 'repair' | 'scan'> {
    const { only, repair, scan } = this.position;
    return { ...(only !== undefined && { only }), repair, scan };
  }

  private async allDomains(): Promise<string[]> {
    const { items } = await collectItems(Infinity, (query) => this.parts.api.call('GET /domains', { query }));
    return items.map(({ domainId }) => domainId).sort();
  }

  /** Verifies the names of a domain. */
  private verifyNames(domainId: string): Promise<void> {
    const total = this.totalOf(domainId);
    return this.eachPart(async (body) => {
      const part = await this.parts.api.call('POST /domains/{domainId}/verify-names', {
        path: { domainId },
        body,
      });
      total.checked += part.checked;
      total.outdated += part.outdated;
      total.repaired += part.repaired;
      total.duplicates.push(...part.duplicates);
      total.staleAddresses += part.staleAddresses;
      total.deletedAddresses += part.deletedAddresses;
      return part;
    });
  }

  /** Verifies the items of a domain, or of all domains and the deployment. */
  private verifyItems(domainId?: string): Promise<void> {
    const maxReadUnits = this.parts.pace * PART_SECONDS;
    return this.eachPart(async (common) => {
      const body = { ...common, maxReadUnits, scan: this.position.scan };
      const { api } = this.parts;
      const part =
        domainId === undefined
          ? await api.call('POST /verify-items', { body })
          : await api.call('POST /domains/{domainId}/verify-items', { path: { domainId }, body });
      if (domainId === undefined) this.checkedTogether += part.checked;
      else this.totalOf(domainId).items.checked += part.checked;
      for (const problem of part.problems) {
        const { items } = this.totalOf(problem.domainId);
        items.problems.push(problem);
        if (problem.state === 'repaired') items.repaired++;
      }
      return part;
    });
  }

  /** Verifies the counts of a domain, its groups, its queue for seats, and the results of its mappings. */
  private verifyCounts(domainId: string): Promise<void> {
    const { counts } = this.totalOf(domainId);
    return this.eachPart(async (common) => {
      const body = { ...common, maxReadUnits: this.parts.pace * PART_SECONDS };
      const part = await this.parts.api.call('POST /domains/{domainId}/verify-counts', {
        path: { domainId },
        body,
      });
      counts.checked += part.checked;
      counts.repaired += part.repaired;
      counts.exact &&= part.exact;
      // Differences of what changes at this moment may be only the change.
      if (part.exact) {
        counts.differences = [...counts.differences, ...part.differences];
        counts.mappings = [...counts.mappings, ...part.mappings];
      }
      counts.groups = [...counts.groups, ...part.groups];
      counts.queue = [...counts.queue, ...part.queue];
      return part;
    });
  }

  /** Sends requests until there is no next part, at the pace of the run. */
  private async eachPart(
    send: (common: { repair: boolean; cursor?: string }) => Promise<{ readUnits: number; next?: string }>,
  ): Promise<void> {
    const { isInterrupted, onProgress, now } = this.parts;
    let cursor = this.position.cursor;
    do {
      if (isInterrupted()) throw new Interrupted();
      const began = now();
      const { repair } = this.position;
      const part = await attempt(
        () => send({ repair, ...(cursor !== undefined && { cursor }) }),
        (ms) => this.pause(ms),
      );
      cursor = part.next;
      const { cursor: _done, ...position } = this.position;
      this.position = { ...position, ...(cursor !== undefined && { cursor }) };
      this.readUnits += part.readUnits;
      onProgress(this);
      if (cursor !== undefined)
        await this.pause((1_000 * part.readUnits) / this.parts.pace - (now() - began));
    } while (cursor !== undefined);
  }

  /** Waits in short steps, so that an interruption is noticed. */
  private async pause(ms: number): Promise<void> {
    for (let left = ms; left > 0 && !this.parts.isInterrupted(); left -= 200)
      await this.parts.sleep(Math.min(left, 200));
  }

  private totalOf(domainId: string): Total {
    const total = this.totals.get(domainId) ?? newTotal(domainId);
    this.totals.set(domainId, total);
    return total;
  }
}

/** Returns the failure of a run that ended before its end, with the way to continue. */
export function stopped(
  error: unknown,
  position: VerifyPosition,
  commandOf: (position: string) => string,
): Failure {
  const command = commandOf(textOf(position));
  if (error instanceof Interrupted)
    return new Failure(`The verification was interrupted. Continue it with: ${command}`, 130);
  const message = (error as Error).message;
  return new Failure(`${message} Continue the verification with: ${command}`);
}

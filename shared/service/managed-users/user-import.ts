import { isTransientError } from '../../retry/transient-error';
import { ScimError } from '../../scim/error';
import { isActive } from '../../scim/input/user-rules';
import type { Attributes } from '../../scim/resource';
import { nameKeyOf } from '../../scim/text/name-key';
import type { LicenseStore } from '../../store/licenses/license-store';
import type { ResourceRecord } from '../../store/resources/resource-record';
import type { ResourceStore } from '../../store/resources/resource-store';
import { AdminError } from '../admin/admin-error';
import type { ManagedUsers } from './managed-users';
import type { SeatForecast } from './seat-forecast';
import { assertColumns, changedColumns, type UserValues } from './user-values';

/** A row of a file. */
export interface ImportRow {
  /** The number of the row in the file. */
  readonly row: number;
  readonly values: UserValues;
}

/** The result of a row, or its preview. */
export interface RowResult {
  readonly row: number;
  readonly userName: string;
  readonly outcome: 'create' | 'change' | 'unchanged' | 'error';
  /** Absent if the user does not exist yet. */
  readonly userId?: string;
  /** The columns whose values change. */
  readonly fields?: readonly string[];
  /** Whether the user is active after the row, if that changes. */
  readonly active?: boolean;
  /** The effect on the license, if there is one. `waits`: the license is in the queue for a seat. */
  readonly license?: 'starts' | 'waits' | 'ends';
  /** The reason for the refusal, with what to change. */
  readonly detail?: string;
  /** The column whose value must change, if it is known. */
  readonly field?: string;
}

export interface UserImportOptions {
  readonly users: Pick<ResourceStore, 'get' | 'idOfName'>;
  readonly managed: ManagedUsers;
  readonly licenses: Pick<LicenseStore, 'read'>;
  /** The free seats in a dry run. Without it, a dry run presumes that each active user gets a seat. */
  readonly forecast?: SeatForecast;
  readonly domainId: string;
  /** Returns whether no further row may begin. */
  readonly isTimeUp: () => boolean;
  readonly onError: (error: unknown) => void;
}

/** The effect of an activation, by the status of the license after it. */
const EFFECTS = { active: 'starts', pending: 'waits', inactive: undefined } as const;

/** Attempts to import a row whose user another request creates, renames, or deletes at the same time. */
const ATTEMPTS = 3;

/**
 * Imports rows in their order, so that the first ones get the free seats. A row finds its user by the
 * userName, so a row that is imported again changes nothing.
 */
export class UserImport {
  constructor(private readonly options: UserImportOptions) {}

  /** Returns the results of the rows until the time is up, at least of the first one. */
  async run(rows: readonly ImportRow[], isDryRun: boolean): Promise<RowResult[]> {
    const results: RowResult[] = [];
    const seen = new Map<string, number>();
    for (const row of rows) {
      if (results.length > 0 && this.options.isTimeUp()) break;
      const result = await this.result(row, seen, isDryRun, results.length > 0);
      if (!result) break;
      results.push(result);
    }
    return results;
  }

  /**
   * Returns undefined if the row must be sent again, because the service is busy. Throws if it is the first
   * one.
   */
  private async result(
    { row, values }: ImportRow,
    seen: Map<string, number>,
    isDryRun: boolean,
    mayStop: boolean,
  ): Promise<RowResult | undefined> {
    const userName = values.userName?.trim() ?? '';
    try {
      assertFirst(userName, row, seen);
      assertColumns(Object.keys(values));
      return { row, userName, ...(await this.write(userName, values, isDryRun)) };
    } catch (error) {
      if (isBusy(error)) {
        if (mayStop) return undefined;
        throw error;
      }
      return { row, userName, outcome: 'error', ...this.problemOf(error) };
    }
  }

  private async write(
    userName: string,
    values: UserValues,
    isDryRun: boolean,
  ): Promise<Omit<RowResult, 'row' | 'userName'>> {
    const { users, managed } = this.options;
    for (let attempt = 1; ; attempt++) {
      const id = await users.idOfName(userName);
      const before = id === undefined ? undefined : await users.get(id);
      try {
        const after = before ? await managed.previewChange(before, values) : await managed.previewNew(values);
        const fields = changedColumns(before?.attributes ?? {}, after);
        if (before && after === before.attributes) return { outcome: 'unchanged', userId: before.id };
        const userId = isDryRun ? before?.id : await this.send(before, values);
        const license = await this.licenseEffect(before, after, isDryRun ? undefined : userId);
        return {
          outcome: before ? 'change' : 'create',
          ...(userId !== undefined && { userId }),
          fields,
          ...(fields.includes('active') && { active: isActive(after) }),
          ...(license && { license }),
        };
      } catch (error) {
        if (attempt === ATTEMPTS || !(await this.isOutdated(userName, before, error))) throw error;
      }
    }
  }

  private async send(before: ResourceRecord | undefined, values: UserValues): Promise<string> {
    if (!before) return this.options.managed.create(values);
    await this.options.managed.change(before.id, values);
    return before.id;
  }

  /** Returns the effect of a row on the license. `writtenId` is that of the user; undefined in a dry run. */
  private async licenseEffect(
    before: ResourceRecord | undefined,
    after: Attributes,
    writtenId: string | undefined,
  ): Promise<RowResult['license']> {
    const { forecast } = this.options;
    const was = before !== undefined && isActive(before.attributes);
    if (was === isActive(after)) return undefined;
    if (writtenId === undefined && forecast) return was ? forecast.end() : forecast.start();
    if (was) return 'ends';
    if (writtenId === undefined) return 'starts';
    return this.storedEffect(writtenId);
  }

  /**
   * Returns the effect that the stored license shows. The user is written, so a read that fails does not fail
   * the row.
   */
  private async storedEffect(userId: string): Promise<RowResult['license']> {
    const { licenses, domainId, onError } = this.options;
    try {
      const license = await licenses.read(domainId, userId);
      // A mapping may give the user no license.
      return license && EFFECTS[license.status];
    } catch (error) {
      onError(error);
      return 'starts';
    }
  }

  /** Returns whether the user of a refused row was created or deleted after it was looked up. */
  private async isOutdated(
    userName: string,
    before: ResourceRecord | undefined,
    error: unknown,
  ): Promise<boolean> {
    const isConflict = error instanceof AdminError && error.problem === 'conflict';
    const isMissing = error instanceof ScimError && error.status === 404;
    if (!isConflict && !isMissing) return false;
    return (await this.options.users.idOfName(userName)) !== before?.id;
  }

  private problemOf(error: unknown): Pick<RowResult, 'detail' | 'field'> {
    if (error instanceof ScimError) return { detail: error.detail };
    if (error instanceof AdminError)
      return { detail: error.message, ...(error.field !== undefined && { field: error.field }) };
    this.options.onError(error);
    return { detail: 'The service failed. Import the row again.' };
  }
}

/** Throws if a row before this one has the same user. The file does not say which of them is right. */
function assertFirst(userName: string, row: number, seen: Map<string, number>): void {
  if (userName === '')
    throw new AdminError('The userName is empty. Enter a userName.', 'invalid', undefined, 'userName');
  const first = seen.get(nameKeyOf(userName));
  seen.set(nameKeyOf(userName), first ?? row);
  if (first === undefined) return;
  throw new AdminError(
    `Row ${first} has the same userName. Keep one of the two rows.`,
    'invalid',
    undefined,
    'userName',
  );
}

const isBusy = (error: unknown): boolean =>
  isTransientError(error) || (error instanceof ScimError && error.status === 503);

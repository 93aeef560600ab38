import { ScimError } from '../../scim/error';
import { isActive } from '../../scim/input/user-rules';
import { isSimulated } from '../../scim/text/simulated-name';
import type { CountsSnapshot } from '../../store/domains/counts';
import { CountsConflict, withCounts } from '../../store/domains/counts-write';
import { KeyGraceConflict } from '../../store/licenses/key-grace';
import type { MappedLicense } from '../../store/licenses/license-mapping';
import type { LicenseRecord } from '../../store/licenses/license-record';
import { LicenseStore } from '../../store/licenses/license-store';
import { LicenseConflict } from '../../store/licenses/license-write';
import { chooseFreeSeat, chooseReturn, type SeatChoice } from '../../store/licenses/seats';
import { isKeyMailed, type MailItem } from '../../store/mail/mail-item';
import { mappingsCheck, type MappingState, type MappingStore } from '../../store/mappings/mapping-store';
import type { ResourceRecord } from '../../store/resources/resource-record';
import { ResourceStore } from '../../store/resources/resource-store';
import type { Table } from '../../store/table/table';
import { VersionConflict } from '../../store/table/operations/transaction';
import type { Write } from '../../store/table/write';
import type { AppliesAdministrators } from '../administrators/mapped-administrator';
import { isHeld } from '../licenses/mapped-license';
import { altersType, type EvaluationCause } from './evaluation-cause';
import { withGroups } from './mapped-groups';
import { mappedLicenseOf, planEvaluation, type EvaluatedState } from './evaluation-plan';
import { batchesOf, EvaluationWrites, type EmailedKey } from './evaluation-writes';

export interface UserEvaluationDependencies {
  readonly table: Table;
  readonly mappings: Pick<MappingStore, 'domainId' | 'state'>;
  readonly readMail: (license: LicenseRecord) => Promise<MailItem | undefined>;
  /** Makes portal administrators what mappings say. */
  readonly administrators: AppliesAdministrators;
  readonly auditRetentionDays: number;
  readonly keyGraceDays: number;
  readonly now: () => Date;
}

/** A user with what was read of it. */
interface KnownUser {
  readonly id: string;
  readonly current: EvaluatedState;
}

/** The state of the seats, as failed writes have shown it. */
interface Seats {
  readonly choice?: SeatChoice;
  readonly isQueued?: boolean;
}

/**
 * Gives users what the mappings of their domain say. A license that is as they say is not written. Each write
 * checks that neither the user nor the mappings have changed, so a late evaluation never overwrites a newer
 * one.
 */
export class UserEvaluation {
  private readonly users: ResourceStore;
  private readonly groups: ResourceStore;
  private readonly licenses: LicenseStore;
  private readonly domainId: string;
  private readonly writes: EvaluationWrites;

  constructor(private readonly dependencies: UserEvaluationDependencies) {
    const { table, mappings, auditRetentionDays } = dependencies;
    this.domainId = mappings.domainId;
    this.writes = new EvaluationWrites(this.domainId, auditRetentionDays);
    this.users = new ResourceStore(table, this.domainId, 'USER');
    this.groups = new ResourceStore(table, this.domainId, 'GROUP');
    this.licenses = new LicenseStore(table);
  }

  /** Evaluates users because of a change. Returns the number of licenses that were written. */
  async evaluate(read: MappingState, userIds: readonly string[], cause: EvaluationCause): Promise<number> {
    const users = new Map((await this.readUsers(userIds)).map((user) => [user.id, user]));
    const state = await this.complete(read, [...users.values()], cause);
    const licenses = await this.licenses.readAll(this.domainId, userIds);
    const known = [...new Set(userIds)].map((id): KnownUser => {
      const [user, license] = [users.get(id), licenses.get(id)];
      return { id, current: { state, ...(user && { user }), ...(license && { license }) } };
    });
    const { written, others } = await this.storeTogether(known, cause);
    let count = written;
    for (const { id, current } of others) if (await this.evaluateUser(id, current, cause)) count++;
    return count;
  }

  /**
   * Stores the results that change neither a status nor a key nor a role in the portal, those of several
   * users in one transaction. Returns the users that have to be evaluated on their own.
   */
  private async storeTogether(
    known: readonly KnownUser[],
    cause: EvaluationCause,
  ): Promise<{ written: number; others: KnownUser[] }> {
    const others: KnownUser[] = [];
    const simple: { user: KnownUser; writes: Write[] }[] = [];
    for (const user of known) {
      const writes = this.simpleWrites(user.current, cause);
      if (writes === undefined) others.push(user);
      else if (writes.length > 0) simple.push({ user, writes });
    }
    let written = 0;
    for (const batch of batchesOf(simple)) {
      const check = mappingsCheck(this.domainId, batch[0]?.user.current.state.record.revision ?? 0);
      // If one of the users has changed, each of them is evaluated on its own.
      const failed = await this.dependencies.table.tryTransact([
        check,
        ...batch.flatMap(({ writes }) => writes),
      ]);
      if (failed.length === 0) written += batch.length;
      else others.push(...batch.map(({ user }) => user));
    }
    return { written, others };
  }

  /** Returns no writes if nothing changes, and undefined if the user has to be evaluated on its own. */
  private simpleWrites(current: EvaluatedState, cause: EvaluationCause): Write[] | undefined {
    const { state, user, license } = current;
    const mapped = user && mappedLicenseOf(state, user);
    if (!user || !mapped) return license?.administrator === undefined ? [] : undefined;
    if (license?.administrator !== undefined || mapped.result.administrator) return undefined;
    if (mayReplaceKey(cause, current, mapped)) return undefined;
    const { now, keyGraceDays } = this.dependencies;
    const plan = planEvaluation(current, mapped, { at: now(), keyGraceDays });
    if (!plan) return [];
    return plan.change || !license ? undefined : this.writes.ofResult(plan, license);
  }

  /**
   * Repeats the evaluation from the current state if something has changed. Returns whether the license was
   * written.
   */
  private async evaluateUser(id: string, known: EvaluatedState, cause: EvaluationCause): Promise<boolean> {
    const { table, now, keyGraceDays } = this.dependencies;
    let current: EvaluatedState | undefined = known;
    let seats: Seats = {};
    while (current) {
      try {
        const { state, user }: EvaluatedState = current;
        const mapped = user && mappedLicenseOf(state, user);
        const hadRole = current.license?.administrator !== undefined;
        if (hadRole) await this.applyAdministrator(id, current);
        const key = mapped && (await this.keyOf(current, mapped, cause));
        const plan = planEvaluation(current, mapped, {
          ...{ at: now(), keyGraceDays, isQueued: seats.isQueued },
          ...(key?.isReplaced && { replacesKeyOf: key.userType }),
        });
        if (!plan) return false;
        const writes = this.writes.of(plan, current, seats.choice, key);
        await withCounts(table, this.domainId, () => table.transact(writes));
        if (!hadRole && mapped?.result.administrator) await this.applyAdministrator(id, current);
        return true;
      } catch (error) {
        if (error instanceof CountsConflict && error.snapshot) seats = seatsAfter(error.snapshot, current);
        else if (isConflict(error)) seats = {};
        else throw error;
        if (table.isLate())
          throw ScimError.unavailable('The license changes at the same time. It is evaluated again.', 1);
        current = await this.read(id, cause);
      }
    }
    return false;
  }

  /**
   * Reads the email with the key of a license if the evaluation may replace the key; returns undefined if it
   * may not.
   */
  private async keyOf(
    current: EvaluatedState,
    mapped: MappedLicense,
    cause: EvaluationCause,
  ): Promise<EmailedKey | undefined> {
    const { license } = current;
    if (!license || !mayReplaceKey(cause, current, mapped)) return undefined;
    const mail = await this.dependencies.readMail(license);
    const isReplaced = mail !== undefined && isKeyMailed(mail) && mail.userType !== mapped.result.userType;
    const userType = mail?.userType ?? license.userType;
    return { isReplaced, userType, ...(mail && { mail }) };
  }

  private async read(id: string, cause: EvaluationCause): Promise<EvaluatedState | undefined> {
    // The mappings come first: what is read later is at least as new.
    const read = await this.dependencies.mappings.state();
    if (!read) return undefined;
    const [user] = await this.readUsers([id]);
    const state = await this.complete(read, user ? [user] : [], cause);
    const license = (await this.licenses.readAll(this.domainId, [id])).get(id);
    return { state, user, license };
  }

  /** Reads users without those of a connection test, to whom mappings give nothing. */
  private async readUsers(ids: readonly string[]): Promise<ResourceRecord[]> {
    const users = await this.users.getMany(ids);
    return users.filter(({ attributes }) => !isSimulated(attributes, 'USER'));
  }

  /**
   * Adds the groups of users, now and before the change, as long as those that mappings name are not all
   * stored.
   */
  private complete(
    state: MappingState,
    users: readonly ResourceRecord[],
    cause: EvaluationCause,
  ): Promise<MappingState> {
    const before = cause.kind === 'users' ? [...cause.before.values()] : [];
    const groupIds = [...users, ...before].flatMap((user) => user.groupIds);
    return withGroups(state, groupIds, (ids) => this.groups.getMany(ids));
  }

  /**
   * Changes the role in the portal. The license of a user with such a role always has it: the role begins
   * after the license is written, and ends before. So a repeated task finds what a crash in between has left.
   */
  private async applyAdministrator(userId: string, { state, user }: EvaluatedState): Promise<void> {
    const mapped = user && mappedLicenseOf(state, user).result.administrator;
    await this.dependencies.administrators.apply(this.domainId, {
      userId,
      ...(user && { user }),
      ...(mapped && { mapped }),
      mappingsVersion: state.record.revision,
    });
  }
}

/**
 * Returns whether a change may replace the key of an active license: it alters the type, or, if that is not
 * known, the license has another type.
 */
function mayReplaceKey(
  cause: EvaluationCause,
  { state, user, license }: EvaluatedState,
  { result }: MappedLicense,
): boolean {
  if (!user || license?.status !== 'active' || !isActive(user.attributes) || !result.license) return false;
  return altersType(cause, state, user, result) ?? license.userType !== result.userType;
}

/**
 * Returns where a seat is free or can be given back. If no seat is free, the license is queued, whatever the
 * seat policy: there is no request to refuse.
 */
function seatsAfter(snapshot: CountsSnapshot, { license }: EvaluatedState): Seats {
  if (isHeld(license)) return { choice: chooseReturn(snapshot) };
  const choice = chooseFreeSeat(snapshot);
  return choice ? { choice } : { isQueued: true };
}

const isConflict = (error: unknown): boolean =>
  error instanceof VersionConflict || error instanceof LicenseConflict || error instanceof KeyGraceConflict;

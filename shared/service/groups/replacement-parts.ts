import { isDeepStrictEqual } from 'node:util';
import { backoff } from '../../retry/backoff';
import type { VersionList } from '../../scim/input/version-list';
import type { DesiredMembership } from '../../scim/patch/membership';
import type { Attributes } from '../../scim/resource';
import { ReplacementSuperseded } from '../../store/groups/group-replacement';
import { MAX_MEMBERS_PER_TRANSACTION } from '../../store/groups/group-store';
import type { Member, MembershipEdit } from '../../store/groups/membership';
import type { ResourceRecord } from '../../store/resources/resource-record';
import { VersionConflict } from '../../store/table/operations/transaction';
import { timeLimitError } from '../resources/caller';
import { groupAudit } from './group-audit';
import { betweenVersions, type GroupContext, type GroupReplacement } from './group-context';
import { checkGroup } from './group-input';
import { memberEdits } from './member-edits';

/** A request that replaces all members of a group. */
export interface ReplacementRequest {
  readonly id: string;
  /** The versions of `If-Match`. */
  readonly expected?: VersionList;
  readonly edit: (attributes: Attributes) => Attributes;
  readonly desired: DesiredMembership;
}

/** The state of a group after a request has taken its token. */
export interface BegunReplacement {
  /** Read with its heads after the token was taken. */
  readonly group: ResourceRecord;
  readonly token: string;
  /** The version of the group if nothing else changes. */
  readonly version: number;
  /** The members at the time when the token was taken. If they are not known, they are read. */
  readonly present?: readonly Member[];
}

/**
 * The transactions of a request that replaces all members of a group, and has taken the token of the group.
 */
export class ReplacementParts {
  private readonly unknownMembers: string[] = [];
  private readonly token: string;
  private group: ResourceRecord;
  private present: readonly Member[] | undefined;
  private version: number;

  constructor(
    private readonly context: GroupContext,
    private readonly request: ReplacementRequest,
    { group, token, version, present }: BegunReplacement,
  ) {
    this.token = token;
    this.group = group;
    this.present = present;
    this.version = version;
  }

  /** Throws `ReplacementSuperseded` if a newer request has taken the token. */
  async write(): Promise<GroupReplacement> {
    const { context, request } = this;
    if (this.group.replacement !== this.token) throw new ReplacementSuperseded();
    const present = (this.present ??= await context.memberships.members(request.id));
    const edits = memberEdits(request.id, request.desired, present, context.caller);
    let done = 0;
    if (!isDeepStrictEqual(this.attributes(), this.group.attributes)) {
      await this.writeAttributes(edits.slice(0, MAX_MEMBERS_PER_TRANSACTION), isLastPart(edits, 0));
      done = MAX_MEMBERS_PER_TRANSACTION;
    } else if (edits.length === 0) await context.store.end(this.group);
    for (; done < edits.length; done += MAX_MEMBERS_PER_TRANSACTION) {
      if (context.isLate()) throw timeLimitError(edits.length - done, 'member');
      await this.writePart(edits.slice(done, done + MAX_MEMBERS_PER_TRANSACTION), isLastPart(edits, done));
    }
    const group = await context.settle(this.group, this.version);
    return { group, unknownMembers: this.unknownMembers, present };
  }

  /**
   * Returns the result of a request whose list a newer one has replaced, after the newer one has finished.
   */
  async superseded(): Promise<GroupReplacement> {
    const { context, request } = this;
    const present = this.present ?? [];
    const known = new Set(present.map(({ userId }) => userId));
    const ids = [...request.desired.added.keys()].filter((id) => !known.has(id));
    const existing = new Set((await context.users.getMany(ids)).map(({ id }) => id));
    const group = betweenVersions({ ...this.group, attributes: this.attributes() }, this.version);
    const unknownMembers = ids.filter((id) => !existing.has(id));
    return { group, unknownMembers, present, isSuperseded: true };
  }

  private attributes(): Attributes {
    const { attributes } = this.group;
    return checkGroup(this.request.edit(attributes), attributes, this.context.caller);
  }

  /**
   * Changes the attributes as well. Changes of single attributes by other requests do not end the
   * replacement.
   */
  private async writeAttributes(edits: readonly MembershipEdit[], isLast: boolean): Promise<void> {
    const { context, token } = this;
    for (let attempt = 1; ; attempt++) {
      const at = context.now().toISOString();
      const before = this.group;
      const after = {
        ...before,
        attributes: this.attributes(),
        version: before.version + 1,
        lastModified: at,
        creation: undefined,
        replacement: isLast ? undefined : token,
      };
      const audit = groupAudit(context.caller, at, before, after);
      try {
        // A newer request that takes the token also increments the version.
        this.wrote(
          await context.store.replace(before, after, edits, audit, { replacesMembers: true }),
          after,
        );
        return;
      } catch (error) {
        if (!(error instanceof VersionConflict)) throw error;
      }
      if (context.isLate()) throw timeLimitError(edits.length, 'member');
      await backoff(attempt);
      this.group = await context.getExisting(before.id);
      if (this.group.replacement !== token) throw new ReplacementSuperseded();
    }
  }

  private async writePart(edits: readonly MembershipEdit[], isLast: boolean): Promise<void> {
    const { context, group } = this;
    const at = context.now().toISOString();
    const audit = groupAudit(context.caller, at, group, group);
    const unknown = await context.store.writePart(group, at, edits, audit, isLast);
    this.wrote(unknown, { ...group, version: group.version + 1, lastModified: at, creation: undefined });
  }

  private wrote(unknownMembers: readonly string[], group: ResourceRecord): void {
    this.context.reportUnknownMembers(group, unknownMembers);
    this.unknownMembers.push(...unknownMembers);
    this.group = group;
    this.version += 1;
  }
}

const isLastPart = (edits: readonly MembershipEdit[], done: number): boolean =>
  done + MAX_MEMBERS_PER_TRANSACTION >= edits.length;

import type { ResourceRecord } from '../resources/resource-record';
import { resourceKey } from '../table/keys';
import { number, optionalText } from '../table/read-item';
import { VersionConflict } from '../table/operations/transaction';
import { headChecks, groupNotFound } from './group-heads';
import { GroupStore, type GroupAudit } from './group-store';
import { touchGroupWrite, type MembershipEdit } from './membership';

/** Thrown if a newer request has begun to replace the members of the group. Nothing was written. */
export class ReplacementSuperseded extends Error {
  override readonly name = 'ReplacementSuperseded';
}

/** The progress of the replacement of a group's members. */
export interface ReplacementProgress {
  /** Changes with each step. */
  readonly version: number;
  /** Absent if no replacement is running or incomplete. */
  readonly token?: string;
}

/**
 * Replaces all members of a group in several transactions. Each of them checks a token in the item of the
 * group, so that the requests that replace the members of one group do not mix their lists. The newest
 * request has the token.
 */
export class GroupReplacementStore extends GroupStore {
  /**
   * Takes the token. Throws 404 if the group does not exist, and, with `checksVersion`, `VersionConflict` if
   * it changed since it was read with its heads. Returns the group, which has another token if a newer
   * request took it.
   */
  async begin(before: ResourceRecord, token: string, checksVersion: boolean): Promise<ResourceRecord> {
    const { id, version, headCount } = before;
    const isUnchanged = {
      expression: `#version = :before${headCount === undefined ? ' AND attribute_not_exists(#heads)' : ''}`,
      values: { before: version },
    };
    await this.table.transact([
      {
        update: resourceKey(this.domainId, 'GROUP', id),
        set: { replacement: token },
        add: { version: 1 },
        condition: checksVersion ? isUnchanged : { expression: 'attribute_exists(pk)' },
        conditionError: () => (checksVersion ? new VersionConflict() : groupNotFound(id)),
      },
      ...(checksVersion ? headChecks(this.domainId, before) : []),
    ]);
    const group = await this.get(id);
    if (!group) throw groupNotFound(id);
    return this.withHeads(group);
  }

  /** Writes a part of the list, and returns the ids that are not users. Throws `ReplacementSuperseded`. */
  writePart(
    { id, creation, replacement }: ResourceRecord,
    at: string,
    members: readonly MembershipEdit[],
    audit: GroupAudit,
    isLast: boolean,
  ): Promise<string[]> {
    return this.write(
      (memberCount) => [
        touchGroupWrite(
          this.domainId,
          id,
          { at, memberCount },
          {
            condition: hasToken(replacement),
            conditionError: () => new ReplacementSuperseded(),
            remove: [
              ...(isLast ? (['replacement'] as const) : []),
              ...(creation ? (['creation'] as const) : []),
            ],
          },
        ),
      ],
      members,
      audit,
      true,
    );
  }

  /** Gives the token back if nothing is left to write. Does nothing if a newer request has it. */
  async end({ id, replacement }: ResourceRecord): Promise<void> {
    const key = resourceKey(this.domainId, 'GROUP', id);
    const condition = hasToken(replacement);
    await this.table.tryTransact([{ update: key, remove: ['replacement', 'creation'], condition }]);
  }

  /** Returns undefined if the group does not exist. */
  async progress(id: string): Promise<ReplacementProgress | undefined> {
    const key = resourceKey(this.domainId, 'GROUP', id);
    const item = await this.table.get(key, { attributes: ['version', 'replacement'] });
    return item && { version: number(item, 'version'), token: optionalText(item, 'replacement') };
  }
}

const hasToken = (token: string | undefined) => ({
  expression: '#replacement = :token',
  values: { token },
});

import { isDeepStrictEqual } from 'node:util';
import type { DynamoDBRecord } from 'aws-lambda';
import type { MappedUser } from '../../scim/mapping/evaluate';
import { readResourceItem } from '../../store/resources/resource-record';
import { MAPPING_EVALUATION, mappingEvaluationKey } from '../../store/table/keys';
import { MalformedItem } from '../../store/table/read-item';
import { itemOfImage } from '../../store/table/stream-record';
import type { RecordedWork } from '../dispatch/dispatch-batch';

/** The names of a group by which mappings find it. */
export interface GroupNames {
  readonly displayName?: string;
  readonly externalId?: string;
}

/**
 * The work of the function `mappings` for one domain. It is done from the current state, so it may be
 * repeated, and come in any order.
 */
export type MappingTask =
  /** Users have changed. `before`: the users as they were, by id. Large ones are left out. */
  | {
      readonly domainId: string;
      readonly userIds: readonly string[];
      readonly before?: Readonly<Record<string, MappedUser>>;
    }
  /** A group was created, renamed, or deleted. `after`: the last member that is evaluated. */
  | {
      readonly domainId: string;
      readonly groupId: string;
      readonly names: GroupNames;
      readonly after?: string;
    }
  /** All users are evaluated with this version of the mappings. */
  | { readonly domainId: string; readonly evaluates: number };

/** The partitions of users, groups, and mappings, with their domain. */
const USER = /^([^#]+)#USER$/;
const GROUP = /^([^#]+)#GROUP$/;
const MAPPINGS = new RegExp(`^([^#]+)#${mappingEvaluationKey('').pk.slice(1)}$`);

/** Returns whether the work of a record depends on whether its domain has mappings. */
export const concernsMappings = ({ dynamodb }: DynamoDBRecord): boolean => {
  const pk = dynamodb?.Keys?.pk?.S ?? '';
  return USER.test(pk) || GROUP.test(pk);
};

/**
 * Returns the work of a batch of stream records: one task for the changed users of each domain, one for each
 * changed group, and one for each new version of mappings.
 */
export function mappingTasksIn(
  records: readonly DynamoDBRecord[],
  hasMappings: (domainId: string) => boolean,
): RecordedWork[] {
  const works: RecordedWork[] = [];
  const users = new Map<string, ChangedUsers>();
  for (const record of records) {
    const pk = record.dynamodb?.Keys?.pk?.S ?? '';
    const sk = record.dynamodb?.Keys?.sk?.S ?? '';
    const userDomain = USER.exec(pk)?.[1];
    if (userDomain !== undefined && hasMappings(userDomain) && changesUser(record)) {
      const found = users.get(userDomain) ?? new ChangedUsers(record);
      found.add(sk, record);
      users.set(userDomain, found);
    }
    const groupDomain = GROUP.exec(pk)?.[1];
    const names = namesBefore(record);
    if (groupDomain !== undefined && hasMappings(groupDomain) && names)
      works.push({
        first: record,
        last: record,
        work: { domainId: groupDomain, groupId: sk, names } as MappingTask,
      });
    const evaluated = sk === MAPPING_EVALUATION ? MAPPINGS.exec(pk)?.[1] : undefined;
    const version = newVersion(record);
    if (evaluated !== undefined && version !== undefined)
      works.push({
        first: record,
        last: record,
        work: { domainId: evaluated, evaluates: version } as MappingTask,
      });
  }
  for (const [domainId, changed] of users) {
    const { first, last } = changed;
    works.push({ first, last, work: { domainId, ...changed.work } });
  }
  return works;
}

/** A message of SQS has at most 262,144 bytes, and a batch of the stream has at most 100 users. */
const MAX_BEFORE_BYTES = 150_000;

/** The users of a domain that a batch of records changes, as they were before the first of their records. */
class ChangedUsers {
  last: DynamoDBRecord;
  private readonly before = new Map<string, MappedUser | undefined>();
  private bytes = 0;

  constructor(readonly first: DynamoDBRecord) {
    this.last = first;
  }

  add(id: string, record: DynamoDBRecord): void {
    this.last = record;
    if (this.before.has(id)) return;
    const before = userBefore(record);
    const bytes = before ? Buffer.byteLength(JSON.stringify(before)) : 0;
    const fits = this.bytes + bytes <= MAX_BEFORE_BYTES;
    this.before.set(id, fits ? before : undefined);
    if (fits) this.bytes += bytes;
  }

  get work(): { userIds: string[]; before?: Record<string, MappedUser> } {
    const known = [...this.before].flatMap(([id, user]) => (user ? [[id, user] as const] : []));
    return {
      userIds: [...this.before.keys()],
      ...(known.length > 0 && { before: Object.fromEntries(known) }),
    };
  }
}

/** Returns a user as it was before a change; undefined for a new user, or if the image cannot be read. */
function userBefore({ dynamodb }: DynamoDBRecord): MappedUser | undefined {
  if (!dynamodb?.OldImage) return undefined;
  try {
    const { attributes, groupIds } = readResourceItem(itemOfImage(dynamodb.OldImage));
    return { attributes, groupIds };
  } catch (error) {
    if (error instanceof MalformedItem) return undefined;
    throw error;
  }
}

/** Mappings look at the attributes and the groups of a user. */
function changesUser({ dynamodb }: DynamoDBRecord): boolean {
  const { OldImage, NewImage } = dynamodb ?? {};
  return ['data', 'externalId', 'groupIds'].some(
    (name) => !isDeepStrictEqual(OldImage?.[name], NewImage?.[name]),
  );
}

/** Returns the names of a group before a change of them; undefined if neither has changed. */
function namesBefore({ dynamodb }: DynamoDBRecord): GroupNames | undefined {
  const { OldImage, NewImage } = dynamodb ?? {};
  const [before, after] = [OldImage, NewImage].map((image) => ({
    displayName: image?.data?.M?.displayName?.S,
    externalId: image?.externalId?.S,
  }));
  return isDeepStrictEqual(before, after) ? undefined : before;
}

/** Returns the version of an evaluation that starts with this record, even if it starts again. */
function newVersion({ eventName, dynamodb }: DynamoDBRecord): number | undefined {
  const { OldImage: before, NewImage: after } = dynamodb ?? {};
  const version = after?.version?.N;
  if (eventName === 'REMOVE' || version === undefined) return undefined;
  const isSame = before?.version?.N === version && before.startedAt?.S === after?.startedAt?.S;
  return isSame ? undefined : Number(version);
}

/** Reads the task of a message. Throws if the body is not a task, which the dispatcher never sends. */
export function parseMappingTask(body: string): MappingTask {
  const task = JSON.parse(body) as Record<string, unknown>;
  const { domainId, userIds, before, groupId, names, after, evaluates } = task;
  if (typeof domainId !== 'string' || domainId === '') throw new Error('The message names no domain.');
  if (Array.isArray(userIds))
    // The dispatcher of an earlier version sends no `before`.
    return { domainId, userIds: userIds.map(String), ...(isObject(before) && { before }) };
  if (typeof evaluates === 'number') return { domainId, evaluates };
  if (typeof groupId !== 'string') throw new Error('The message names no work.');
  return {
    domainId,
    groupId,
    names: names ?? {},
    ...(typeof after === 'string' && { after }),
  };
}

const isObject = (value: unknown): value is Record<string, MappedUser> =>
  typeof value === 'object' && value !== null;

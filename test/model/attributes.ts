import { isDeepStrictEqual } from 'node:util';
import type { Change, Email, GroupBody, GroupChange, UserBody, UserChange } from './operations';

/** The attributes of a user that the model knows. A removed `active` is absent and shown as false. */
export interface User {
  readonly userName: string;
  readonly externalId?: string;
  readonly title?: string;
  readonly active?: boolean;
  readonly emails: readonly Email[];
  /** Whether the emails are the userName, because no client has sent any. No representation shows it. */
  readonly isDerived?: boolean;
}

export interface Group {
  readonly displayName: string;
  readonly externalId?: string;
}

/** The reason why attributes are rejected: the `scimType` of the response. */
export type InvalidReason = 'invalidValue' | 'mutability';

const isAddress = (text: string): boolean => text.includes('@');

/**
 * Returns the user that a body describes. `before` is the user that a PUT replaces. If the user is inactive
 * afterward, a missing userName stays as it was, and emails without a valid address count as absent.
 */
export function userFrom(body: UserBody, before?: User): User | InvalidReason {
  const { groups: _, userName: sentName, emails: sentEmails = [], ...others } = body;
  const active = body.active !== undefined ? isTrue(body.active) : before ? before.active : true;
  const leaves = active !== true;
  const userName = sentName ?? (leaves ? before?.userName : undefined);
  if (userName === undefined) return 'invalidValue';
  const isEcho = before?.isDerived === true && isDeepStrictEqual(sentEmails, before.emails);
  const isSkipped = leaves && !hasReadableAddress(sentEmails, before?.emails);
  const emails = isSkipped || isEcho ? [] : sentEmails;
  return withPrimaryEmail({ ...others, userName, emails, active }, before);
}

/** Returns the group that a body describes. */
export const groupFrom = ({ displayName, externalId }: GroupBody): Group | InvalidReason =>
  displayName === undefined ? 'invalidValue' : withoutUndefined({ displayName, externalId });

/**
 * Returns the user after the changes of a PATCH. If the user is inactive afterward, changes that would be
 * rejected are skipped, but the removal of the userName only if the PATCH changes `active`, too.
 */
export function userAfter(before: User, changes: readonly UserChange[]): User | InvalidReason {
  const ofAttributes = changes.filter(({ kind }) => kind !== 'groups');
  if (ofAttributes.length === 0) return before;
  const { userName, emails = [], ...others } = ofAttributes.reduce(applyUserChange, before as Partial<User>);
  const strict =
    userName === undefined ? 'mutability' : withPrimaryEmail({ ...others, userName, emails }, before);
  if (typeof strict !== 'string') return strict;
  const isAbout = (name: string) => (change: UserChange) =>
    'attribute' in change && change.attribute === name;
  const removesName = ofAttributes.some((change) => change.kind === 'unset' && isAbout('userName')(change));
  if (removesName && !ofAttributes.some(isAbout('active'))) return strict;
  const tolerant = ofAttributes.reduce((user, change) => {
    const after = applyUserChange(user, change);
    const isReadable = after.userName !== undefined && hasReadableAddress(after.emails, user.emails);
    return isReadable ? (after as User) : user;
  }, before);
  return tolerant.active === true ? strict : withPrimaryEmail(tolerant, tolerant);
}

function applyUserChange(user: Partial<User>, change: UserChange): Partial<User> {
  switch (change.kind) {
    case 'groups':
      return user;
    case 'emails':
      return { ...user, emails: change.emails, isDerived: false };
    case 'workEmail':
      return { ...user, emails: withWorkEmail(user.emails ?? [], change.value), isDerived: false };
    default:
      return applyChange(user, change);
  }
}

/** Returns the group after the changes of a PATCH. */
export function groupAfter(before: Group, changes: readonly GroupChange[]): Group | InvalidReason {
  let group: Partial<Group> = before;
  for (const change of changes) if (change.kind !== 'members') group = applyChange(group, change);
  return group.displayName === undefined ? 'mutability' : groupFrom(group);
}

function applyChange<T extends object>(resource: T, change: Change): T {
  const value = change.kind === 'set' ? change.value : null;
  const { [change.attribute as keyof T]: _, ...others } = resource;
  if (value === null) return others as T;
  return { ...resource, [change.attribute]: change.attribute === 'active' ? isTrue(value) : value };
}

const isTrue = (value: boolean | string): boolean => String(value).toLowerCase() === 'true';

/** Returns whether a body activates the user. */
export const setsActive = ({ active }: UserBody): boolean => active !== undefined && isTrue(active);

function withWorkEmail(emails: readonly Email[], value: string): Email[] {
  const isWork = ({ type }: Email): boolean => type === 'work';
  if (!emails.some(isWork)) return [...emails, { value, type: 'work' }];
  return emails.map((email) => (isWork(email) ? { ...email, value } : email));
}

const primaryOf = (emails: readonly Email[] = []): Email | undefined =>
  emails.find((email) => email.primary) ?? emails.find(({ type }) => type === 'work') ?? emails[0];

/** Returns whether the primary address is valid or absent, or is the one of `before`. */
function hasReadableAddress(emails: readonly Email[] = [], before: readonly Email[] = []): boolean {
  const address = primaryOf(emails)?.value;
  return address === undefined || isAddress(address) || address === primaryOf(before)?.value;
}

/**
 * Makes one address primary: the first marked one, or else the work address, the first address, or the
 * userName. No user needs one, and that of an active user may be invalid.
 */
function withPrimaryEmail({ isDerived, ...user }: User, before?: User): User | InvalidReason {
  const { userName } = user;
  const emails = isDerived ? [] : user.emails;
  if (emails.length === 0) {
    if (!isAddress(userName)) return withoutUndefined({ ...user, emails });
    const derived = { value: userName, type: 'work', primary: true };
    return withoutUndefined({ ...user, emails: [derived], isDerived: true });
  }
  if (user.active !== true && !hasReadableAddress(emails, before?.emails)) return 'invalidValue';
  const primary = primaryOf(emails);
  const others = (email: Email): Email =>
    email.primary === undefined ? email : { ...email, primary: false };
  return withoutUndefined({
    ...user,
    emails: emails.map((email) => (email === primary ? { ...email, primary: true } : others(email))),
  });
}

const withoutUndefined = <T extends object>(resource: T): T =>
  Object.fromEntries(Object.entries(resource).filter(([, value]) => value !== undefined)) as T;

import type { Change, Email, GroupBody, GroupChange, UserBody, UserChange } from './operations';

/** The attributes of a user that the model knows. A removed `active` is absent and shown as false. */
export interface User {
  readonly userName: string;
  readonly externalId?: string;
  readonly title?: string;
  readonly active?: boolean;
  readonly emails: readonly Email[];
}

export interface Group {
  readonly displayName: string;
  readonly externalId?: string;
}

/** The reason why attributes are rejected: the `scimType` of the response. */
export type InvalidReason = 'invalidValue' | 'mutability';

const isAddress = (text: string): boolean => text.includes('@');

/** Returns the user that a body describes. `active` is the default if the body has none. */
export function userFrom(body: UserBody, active: boolean | undefined): User | InvalidReason {
  const { groups: _, userName, emails = [], ...others } = body;
  if (userName === undefined) return 'invalidValue';
  const isActive = body.active === undefined ? active : isTrue(body.active);
  return withPrimaryEmail({ ...others, userName, emails, active: isActive });
}

/** Returns the group that a body describes. */
export const groupFrom = ({ displayName, externalId }: GroupBody): Group | InvalidReason =>
  displayName === undefined ? 'invalidValue' : withoutUndefined({ displayName, externalId });

/** Returns the user after the changes of a PATCH. */
export function userAfter(before: User, changes: readonly UserChange[]): User | InvalidReason {
  let user: Partial<User> = before;
  let touchesAttributes = false;
  for (const change of changes) {
    if (change.kind === 'groups') continue;
    touchesAttributes = true;
    if (change.kind === 'emails') user = { ...user, emails: change.emails };
    else if (change.kind === 'workEmail')
      user = { ...user, emails: withWorkEmail(user.emails ?? [], change.value) };
    else user = applyChange(user, change);
  }
  if (!touchesAttributes) return before;
  const { userName, emails = [], ...others } = user;
  return userName === undefined ? 'mutability' : withPrimaryEmail({ ...others, userName, emails });
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

function withWorkEmail(emails: readonly Email[], value: string): Email[] {
  const isWork = ({ type }: Email): boolean => type === 'work';
  if (!emails.some(isWork)) return [...emails, { value, type: 'work' }];
  return emails.map((email) => (isWork(email) ? { ...email, value } : email));
}

/**
 * Makes one address primary: the first marked one, or else the work address, the first address, or the
 * userName.
 */
function withPrimaryEmail(user: User): User | InvalidReason {
  const { userName, emails } = user;
  if (emails.length === 0) {
    if (!isAddress(userName)) return 'invalidValue';
    return withoutUndefined({ ...user, emails: [{ value: userName, type: 'work', primary: true }] });
  }
  const primary =
    emails.find((email) => email.primary) ?? emails.find(({ type }) => type === 'work') ?? emails[0];
  if (!isAddress(primary?.value ?? '')) return 'invalidValue';
  const others = (email: Email): Email =>
    email.primary === undefined ? email : { ...email, primary: false };
  return withoutUndefined({
    ...user,
    emails: emails.map((email) => (email === primary ? { ...email, primary: true } : others(email))),
  });
}

const withoutUndefined = <T extends object>(resource: T): T =>
  Object.fromEntries(Object.entries(resource).filter(([, value]) => value !== undefined)) as T;

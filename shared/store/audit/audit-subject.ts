import { nameKeyOf } from '../../scim/text/name-key';

/**
 * The users, groups, or actors that a filter of the log names. An event matches if it has one of the ids, or
 * if it recorded the name. So the events of a deleted user are found by the name, and those of a renamed user
 * by the current name.
 */
export interface AuditSubject {
  readonly ids: readonly string[];
  /** Names are compared regardless of case. */
  readonly name: string;
}

/** Returns the subject with this id. */
export const subjectWithId = (id: string): AuditSubject => ({ ids: [id], name: id });

/** Returns a test for the id and the recorded name of a resource or an actor. */
export function subjectTest({ ids, name }: AuditSubject): (id: string, recordedName?: string) => boolean {
  const known = new Set(ids);
  const key = nameKeyOf(name);
  return (id, recordedName) =>
    known.has(id) || (recordedName !== undefined && nameKeyOf(recordedName) === key);
}

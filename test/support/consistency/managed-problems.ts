import type { DomainData } from './domain-data';

/** Compares the list of users whom administrators manage with the users. */
export function managedProblems({ managedUserIds = [], users }: DomainData): string[] {
  const managed = users.filter(({ managedBy }) => managedBy !== undefined).map(({ id }) => id);
  return [
    ...managed
      .filter((id) => !managedUserIds.includes(id))
      .map((id) => `${id} is not in the list of manually managed users`),
    ...managedUserIds
      .filter((id) => !managed.includes(id))
      .map((id) => `${id} is in the list of manually managed users, but is not one of them`),
  ];
}

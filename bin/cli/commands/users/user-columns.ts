import type { User } from '../../../../portal/src/api/schema';
import { type Column, formatTime } from '../../columns';

/** The columns of lists of users. */
export const USER: readonly Column<User>[] = [
  ['User ID', ({ userId }) => userId],
  ['User name', ({ userName }) => userName],
  ['Name', ({ displayName }) => displayName],
  ['License', ({ license }) => license?.status ?? 'none'],
  ['Type', ({ license }) => license?.userType],
  ['Email problem', ({ license }) => license?.mailProblem?.kind],
  ['Managed by', ({ managedBy }) => managedBy],
  ['Last change', ({ lastModified }) => formatTime(lastModified)],
];

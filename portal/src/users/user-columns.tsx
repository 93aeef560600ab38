import { Link } from 'react-router';
import type { User } from '../api/schema';
import type { Column } from '../components/display/column';
import { Tag } from '../components/display/tag';
import { Time } from '../components/display/time';
import { licenseStatusLabel, mailProblemLabel, MANAGERS } from '../format/labels';
import { visible } from '../format/visible';
import { ManagedTag } from '../managed-users/managed-tag';
import { t } from './messages';

/** Returns the columns of a list of users. `path` leads from the page to the users. */
export const userColumns = (path: string): readonly Column<User>[] => [
  {
    title: t('user'),
    text: (user) => user.displayName ?? user.userName,
    cell: (user) => (
      <span className="two-lines">
        <Link to={`${path}${user.userId}`}>{visible(user.displayName ?? user.userName)}</Link>
        <span className="subtle">{visible(user.userName)}</span>
      </span>
    ),
  },
  { title: t('userName'), isExportOnly: true, cell: ({ userName }) => userName },
  {
    title: t('license'),
    text: (user) => licenseStatusLabel(user).text,
    cell: (user) => {
      const { tone, text } = licenseStatusLabel(user);
      return (
        <>
          <Tag tone={tone}>{text}</Tag> <ManagedTag user={user} />
        </>
      );
    },
  },
  {
    title: t('type'),
    cell: ({ license }) => license?.userType ?? '–',
    text: ({ license }) => license?.userType,
  },
  {
    title: t('email'),
    text: (user) => mailProblemLabel(user)?.text,
    cell: (user) => {
      const problem = mailProblemLabel(user);
      return problem ? (
        <Tag tone={problem.tone}>{problem.text}</Tag>
      ) : (
        <span className="subtle desktop-only">{t('noProblem')}</span>
      );
    },
  },
  { title: t('emailAddress'), isExportOnly: true, cell: ({ license }) => license?.email ?? '' },
  { title: t('managedBy'), isExportOnly: true, cell: ({ managedBy }) => MANAGERS[managedBy] },
  { title: t('userId'), isExportOnly: true, cell: ({ userId }) => userId },
  {
    title: t('lastChange'),
    cell: ({ lastModified }) => <Time at={lastModified} />,
    text: ({ lastModified }) => lastModified,
  },
];

import { Link } from 'react-router';
import type { User } from '../api/schema';
import type { Column } from '../components/display/data-table';
import { Tag } from '../components/display/tag';
import { Time } from '../components/display/time';
import { licenseStatusLabel, mailProblemLabel } from '../format/labels';
import { visible } from '../format/visible';

/** Returns the columns of a list of users. `path` leads from the page to the users. */
export const userColumns = (path: string): readonly Column<User>[] => [
  {
    title: 'User',
    cell: (user) => (
      <span className="two-lines">
        <Link to={`${path}${user.userId}`}>{visible(user.displayName ?? user.userName)}</Link>
        <span className="subtle">{visible(user.userName)}</span>
      </span>
    ),
  },
  {
    title: 'License',
    cell: (user) => {
      const { tone, text } = licenseStatusLabel(user);
      return <Tag tone={tone}>{text}</Tag>;
    },
  },
  { title: 'Type', cell: ({ license }) => license?.userType ?? '–' },
  {
    title: 'Email',
    cell: (user) => {
      const problem = mailProblemLabel(user);
      return problem ? (
        <Tag tone={problem.tone}>{problem.text}</Tag>
      ) : (
        <span className="subtle desktop-only">No problem</span>
      );
    },
  },
  { title: 'Last change', cell: ({ lastModified }) => <Time at={lastModified} /> },
];

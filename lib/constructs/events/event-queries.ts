import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { countMessages, errorsOf, type SavedQuery } from '../monitoring/saved-queries';

export interface EventQueriesProps {
  readonly feed: ILogGroup;
  readonly dispatch: ILogGroup;
}

const ERROR = ['errorName', 'errorMessage'];

/** Returns the saved queries of the events. */
export const eventQueries = ({ feed, dispatch }: EventQueriesProps): SavedQuery[] => [
  countMessages('EventsFailed/causes', [feed], 'message = "Writing events failed and will be retried"', [
    'scope',
    ...ERROR,
  ]),
  errorsOf('EventsFailed', [feed], ERROR),
  countMessages(
    'EventsUnreadable/items',
    [dispatch],
    'message = "A change cannot be read, and becomes no event"',
    ['partition', ...ERROR],
  ),
];

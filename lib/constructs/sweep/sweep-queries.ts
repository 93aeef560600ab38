import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { countMessages, ERRORS_OF_WORK, errorsOf, type SavedQuery } from '../monitoring/saved-queries';

export interface SweepQueriesProps {
  readonly sweep: ILogGroup;
  readonly dispatch: ILogGroup;
  readonly promoter: ILogGroup;
  readonly mappings: ILogGroup;
  readonly eventFeed: ILogGroup;
}

const FAILED = 'message = "Sweep failed and will be retried"';
const ERROR = ['errorName', 'errorMessage'];

/** Returns the saved queries of the background work. */
export const sweepQueries = ({
  sweep,
  dispatch,
  promoter,
  mappings,
  eventFeed,
}: SweepQueriesProps): SavedQuery[] => [
  // A line without `groupId` and `indexesAddresses` is about a deleted domain.
  countMessages('SweepFailed/causes', [sweep], FAILED, ['domainId', 'groupId', 'indexesAddresses', ...ERROR]),
  countMessages('LeftoverSweepFailed/causes', [sweep], FAILED, ['domainId', ...ERROR]),
  countMessages('DispatchFailed/causes', [dispatch], 'message = "Dispatching failed and will be retried"', [
    'kind',
    ...ERROR,
  ]),
  countMessages(
    'PromotionFailed/causes',
    [promoter],
    'message = "Assigning seats failed and will be retried"',
    ['domainId', ...ERROR],
  ),
  errorsOf('PromotionFailed', [promoter], ERROR),
  countMessages(
    'MappingsFailed/causes',
    [mappings],
    'message = "An evaluation of mappings failed and will be retried"',
    ['domainId', ...ERROR],
  ),
  errorsOf('BackgroundFunctionsFailing', [sweep, dispatch, promoter, mappings, eventFeed], ERRORS_OF_WORK),
];

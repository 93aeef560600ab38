import { ENGINE_KINDS, type EngineKind } from '../../../cloud/settings';
import { UserError } from '../../../host/user-error';
import { dynamoDbLocalProblem } from './dynamodb-local';
import { dynoxideProblem } from './dynoxide';

/** The reason why an engine cannot run on this machine, or undefined if it can. */
type Problem = string | undefined;

export type Problems = Readonly<Record<Exclude<EngineKind, 'endpoint'>, () => Problem>>;

const PROBLEMS: Problems = { dynoxide: dynoxideProblem, 'dynamodb-local': dynamoDbLocalProblem };

export interface Choice {
  /** The value of `--engine` or `DYNAMODB_ENGINE`. */
  readonly wanted?: string;
  /** The value of `DYNAMODB_ENDPOINT`. */
  readonly endpoint?: string;
}

/**
 * Returns the requested engine, or else the best one that can run here. Throws a `UserError` that says what
 * to install.
 */
export function chooseEngine({ wanted, endpoint }: Choice, problems: Problems = PROBLEMS): EngineKind {
  if (wanted) return checked(wanted, endpoint, problems);
  if (endpoint) return 'endpoint';
  const reasons: string[] = [];
  for (const kind of ['dynoxide', 'dynamodb-local'] as const) {
    const problem = problems[kind]();
    if (!problem) return kind;
    reasons.push(`${kind}: ${problem}`);
  }
  throw new UserError(
    `No DynamoDB engine can run here.\n${reasons.join('\n')}\nOr set DYNAMODB_ENDPOINT to one that runs.`,
  );
}

function checked(wanted: string, endpoint: string | undefined, problems: Problems): EngineKind {
  const kind = ENGINE_KINDS.find((known) => known === wanted);
  if (!kind) throw new UserError(`There is no engine "${wanted}". Use one of: ${ENGINE_KINDS.join(', ')}.`);
  const problem =
    kind !== 'endpoint'
      ? problems[kind]()
      : endpoint
        ? undefined
        : 'set DYNAMODB_ENDPOINT to the URL of the one to use.';
  if (problem) throw new UserError(`The engine ${kind} cannot run here: ${problem}`);
  return kind;
}

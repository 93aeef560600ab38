import type { Run, TestUser } from './run-state';
import type { SimulatedRequest, SimulatedResponse } from './wire';
import { explainStatus, type Explanation } from './explain-status';
import { type PlainText, say } from './texts/say';

/** A response with its request. */
interface Answer {
  readonly request: SimulatedRequest;
  readonly response: SimulatedResponse;
  readonly run: Run;
  readonly user: TestUser;
}

/** Returns an explanation if an answer is not as the identity provider needs it. */
export type Expectation = (answer: Answer) => Explanation | undefined;

/** The path of a value in a body: the names of attributes, and the positions in arrays. */
export type ValuePath = readonly (string | number)[];

const LIST_RESPONSE = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';

/** Returns the value at a path; undefined if there is none. */
export function valueAt(body: unknown, path: ValuePath): unknown {
  let value = body;
  for (const name of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Readonly<Record<string | number, unknown>>)[name];
  }
  return value;
}

/** Expects one of these statuses. `remedies` explain other statuses better than the general explanation. */
export const status =
  (statuses: readonly number[], remedies: Readonly<Record<number, PlainText>> = {}): Expectation =>
  ({ request, response }) => {
    if (statuses.includes(response.status)) return undefined;
    const { problem, remedy } = explainStatus(request, response, statuses);
    const special = remedies[response.status];
    return { problem, remedy: special === undefined ? remedy : say(special) };
  };

/** Expects a JSON object. A response without a body passes if its status is 204. */
export const json: Expectation = ({ response: { status: code, type, body, isEmpty } }) => {
  if (code === 204) return undefined;
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) {
    if (/^application\/(scim\+)?json$/.test(type)) return undefined;
    return {
      problem: type
        ? say('The response has the content type {type}.', { type })
        : say('The response has no content type.'),
      remedy: say('Send the header Content-Type: application/scim+json (RFC 7644 §3.1).'),
    };
  }
  return {
    problem: isEmpty
      ? say('The response has no body.')
      : say('The response is not a JSON object, but {type}.', { type: type || 'text' }),
    remedy: say(
      'Return the resource as JSON. Check that no proxy or sign-in page answers instead of the service.',
    ),
  };
};

/** Expects the schema of lists. */
const listSchema: Expectation = ({ response: { body } }) => {
  const schemas = valueAt(body, ['schemas']);
  if (Array.isArray(schemas) && schemas.includes(LIST_RESPONSE)) return undefined;
  return {
    problem: say('The response is not a ListResponse.'),
    remedy: say('Return a list with the schema {schema}, even if it has one result or none.', {
      schema: LIST_RESPONSE,
    }),
  };
};

/** Expects a list (RFC 7644 §3.4.2) with any number of results. */
export const anyList: Expectation = (answer) => {
  const wrongSchema = listSchema(answer);
  if (wrongSchema) return wrongSchema;
  const { body } = answer.response;
  const found = valueAt(body, ['totalResults']);
  if (!Number.isInteger(found))
    return {
      problem: say('totalResults is missing, or is not an integer.'),
      remedy: say('Send totalResults as a JSON number.'),
    };
  if (Array.isArray(valueAt(body, ['Resources'])) || found === 0) return undefined;
  return {
    problem: say('Resources is missing, or is not an array.'),
    remedy: say('Send Resources as an array.'),
  };
};

/** Expects a list with this number of results. */
export const list =
  (total: number, remedy: PlainText): Expectation =>
  (answer) => {
    const found = valueAt(answer.response.body, ['totalResults']);
    if (!Number.isInteger(found) || found === total) return anyList(answer);
    return (
      listSchema(answer) ?? {
        problem: say('The service found {found} results instead of {expected}.', {
          found: String(found),
          expected: total,
        }),
        remedy: say(remedy),
      }
    );
  };

/** Expects a value. It is not checked in a response without a body. */
export const value =
  (path: ValuePath, expected: (answer: Answer) => unknown, remedy: PlainText): Expectation =>
  (answer) => {
    if (answer.response.status === 204) return undefined;
    const found = valueAt(answer.response.body, path);
    const wanted = expected(answer);
    if (isSame(found, wanted)) return undefined;
    const name = path.map((each) => (typeof each === 'number' ? `[${each + 1}]` : each)).join('.');
    const expectedText = shown(wanted);
    return {
      problem:
        found === undefined
          ? say('{name} is missing instead of {expected}.', { name, expected: expectedText })
          : say('{name} is {found} instead of {expected}.', {
              name,
              found: shown(found),
              expected: expectedText,
            }),
      remedy: say(remedy),
    };
  };

/** Expects that the group has this many members. */
export const members =
  (count: (run: Run) => number, remedy: PlainText): Expectation =>
  ({ run, response: { body } }) => {
    const found = valueAt(body, ['members']) ?? [];
    const number = Array.isArray(found) ? found.length : 0;
    const wanted = count(run);
    if (number === wanted) return undefined;
    return {
      problem: say('The group has {found} members instead of {expected}.', {
        found: number,
        expected: wanted,
      }),
      remedy: say(remedy),
    };
  };

/** Expects that the response has the id of the resource. */
export const hasId: Expectation = ({ response: { body } }) =>
  typeof valueAt(body, ['id']) === 'string' && valueAt(body, ['id']) !== ''
    ? undefined
    : {
        problem: say('The response has no id.'),
        remedy: say(
          'Return the whole resource with its id, as a string. The identity provider stores the id.',
        ),
      };

/** Names are compared without case, because the service may keep the spelling that it got first. */
const isSame = (found: unknown, wanted: unknown): boolean =>
  typeof found === 'string' && typeof wanted === 'string'
    ? found.toLowerCase() === wanted.toLowerCase()
    : found === wanted;

const shown = (found: unknown): string => (JSON.stringify(found) ?? '').slice(0, 100);

import type { Run, TestUser } from './run-state';
import type { SimulatedRequest, SimulatedResponse } from './wire';
import { explainStatus } from './explain-status';

/** A response with its request. */
interface Answer {
  readonly request: SimulatedRequest;
  readonly response: SimulatedResponse;
  readonly run: Run;
  readonly user: TestUser;
}

/** The reason why a step failed, and the remedy. */
export interface Explanation {
  readonly problem: string;
  readonly remedy: string;
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
  (statuses: readonly number[], remedies: Readonly<Record<number, string>> = {}): Expectation =>
  ({ request, response }) => {
    if (statuses.includes(response.status)) return undefined;
    const { problem, remedy } = explainStatus(request, response, statuses);
    return { problem, remedy: remedies[response.status] ?? remedy };
  };

/** Expects a JSON object. A response without a body passes if its status is 204. */
export const json: Expectation = ({ response: { status: code, type, body, isEmpty } }) => {
  if (code === 204) return undefined;
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) {
    if (/^application\/(scim\+)?json$/.test(type)) return undefined;
    return {
      problem: `The response has the content type ${type || '(none)'}.`,
      remedy: 'Send the header Content-Type: application/scim+json (RFC 7644 §3.1).',
    };
  }
  return {
    problem: isEmpty
      ? 'The response has no body.'
      : `The response is not a JSON object, but ${type || 'text'}.`,
    remedy:
      'Return the resource as JSON. Check that no proxy or sign-in page answers instead of the service.',
  };
};

/** Expects a list (RFC 7644 §3.4.2). `total` is the number of results, if it is known. */
export const list =
  (total: number | undefined, remedy: string): Expectation =>
  ({ response: { body } }) => {
    const schemas = valueAt(body, ['schemas']);
    if (!Array.isArray(schemas) || !schemas.includes(LIST_RESPONSE))
      return {
        problem: 'The response is not a ListResponse.',
        remedy: `Return a list with the schema ${LIST_RESPONSE}, also if it has one result or none.`,
      };
    const found = valueAt(body, ['totalResults']);
    if (!Number.isInteger(found))
      return {
        problem: 'totalResults is missing, or is not an integer.',
        remedy: 'Send totalResults as a JSON number.',
      };
    if (total !== undefined && found !== total)
      return { problem: `The service found ${String(found)} results instead of ${total}.`, remedy };
    if (Array.isArray(valueAt(body, ['Resources'])) || found === 0) return undefined;
    return {
      problem: 'Resources is missing, or is not an array.',
      remedy: 'Send Resources as an array.',
    };
  };

/** Expects a value. It is not checked in a response without a body. */
export const value =
  (path: ValuePath, expected: (answer: Answer) => unknown, remedy: string): Expectation =>
  (answer) => {
    if (answer.response.status === 204) return undefined;
    const found = valueAt(answer.response.body, path);
    const wanted = expected(answer);
    if (isSame(found, wanted)) return undefined;
    const name = path.map((each) => (typeof each === 'number' ? `[${each + 1}]` : each)).join('.');
    return { problem: `${name} is ${shown(found)} instead of ${shown(wanted)}.`, remedy };
  };

/** Expects that the group has this many members. */
export const members =
  (count: (run: Run) => number, remedy: string): Expectation =>
  ({ run, response: { body } }) => {
    const found = valueAt(body, ['members']) ?? [];
    const number = Array.isArray(found) ? found.length : 0;
    const wanted = count(run);
    if (number === wanted) return undefined;
    return { problem: `The group has ${number} members instead of ${wanted}.`, remedy };
  };

/** Expects that the response has the id of the resource. */
export const hasId: Expectation = ({ response: { body } }) =>
  typeof valueAt(body, ['id']) === 'string' && valueAt(body, ['id']) !== ''
    ? undefined
    : {
        problem: 'The response has no id.',
        remedy: 'Return the whole resource with its id, as a string. The identity provider stores the id.',
      };

/** Names are compared without case, because the service may keep the spelling that it got first. */
const isSame = (found: unknown, wanted: unknown): boolean =>
  typeof found === 'string' && typeof wanted === 'string'
    ? found.toLowerCase() === wanted.toLowerCase()
    : found === wanted;

const shown = (found: unknown): string =>
  found === undefined ? 'missing' : (JSON.stringify(found) ?? '').slice(0, 100);

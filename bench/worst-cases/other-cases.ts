import { orderOperations } from '../../shared/scim/bulk/order';
import { parseBulk } from '../../shared/scim/bulk/parse';
import type { ScimError } from '../../shared/scim/error';
import { readResource } from '../../shared/scim/input/read-resource';
import { parseProjection, project } from '../../shared/scim/output/projection';
import type { Attributes } from '../../shared/scim/resource';
import { compareSorted, sortAttribute, type SortAttribute } from '../../shared/scim/sort';
import { isJsonDeeperThan, MAX_JSON_DEPTH } from '../../shared/scim/text/json-depth';
import { BulkRun } from '../../shared/http/bulk/bulk-run';
import type { BulkOperations } from '../../shared/http/bulk/bulk-operations';
import { numbered, refusedOr, unwatched, userWithEmails, type WorstCase } from './worst-case';
import { userResourceType } from '../../shared/product/product';

const bulkBody = (size: number, refersTo: (index: number) => readonly number[]): Attributes => ({
  Operations: numbered(size, (at) => ({
    method: 'POST',
    path: '/Groups',
    bulkId: `b${at}`,
    data: { displayName: `Group ${at}`, members: refersTo(at).map((to) => ({ value: `bulkId:b${to}` })) },
  })),
});

/** A bulk whose operations succeed at once. */
const bulk =
  (refersTo: (index: number, size: number) => readonly number[]): WorstCase['prepare'] =>
  (size, watch = unwatched) => {
    const body = watch(bulkBody(size, (index) => refersTo(index, size)));
    const operations = {
      perform: () => Promise.resolve({ status: 201, id: 'id' }),
      locationOf: () => undefined,
    } as unknown as BulkOperations;
    return () => {
      const request = parseBulk(body, 'https://api.example.com/scim/v2');
      orderOperations(request.operations);
      const run = new BulkRun(request, {
        operations,
        toScimError: (error) => error as ScimError,
        checkTime: () => undefined,
        onFailed: () => undefined,
      });
      return run.run();
    };
  };

/** Bulk requests, bodies, sorting, projections, and JSON. */
export const OTHER_CASES: readonly WorstCase[] = [
  {
    name: 'bulk: operations that refer to the next one',
    size: 250,
    prepare: bulk((at, size) => [(at + 1) % size]),
  },
  {
    name: 'bulk: operations that refer to 40 others, in circles',
    size: 250,
    prepare: bulk((at, size) => numbered(40, (index) => (at + index + 1) % size)),
  },
  {
    name: 'PUT: elements of all multi-valued attributes',
    size: 50,
    prepare: (size, watch = unwatched) => {
      const { emails } = userWithEmails(size);
      const body = watch({
        userName: 'ada',
        emails,
        phoneNumbers: emails,
        ims: emails,
        photos: emails,
      } as Attributes);
      return () => refusedOr(() => readResource(userResourceType, body));
    },
  },
  {
    name: 'PUT: equal addresses after one of 57,000 characters',
    size: 2_500,
    prepare: (size, watch = unwatched) => {
      const text = 'x'.repeat(8_192);
      const parts = ['formatted', 'streetAddress', 'locality', 'region', 'postalCode', 'country', 'type'];
      const addresses = [
        Object.fromEntries(parts.map((part) => [part, text])),
        ...numbered(size, () => ({ region: 'x' })),
      ];
      const body = watch({ userName: 'ada', addresses });
      return () => refusedOr(() => readResource(userResourceType, body));
    },
  },
  {
    name: 'PUT: unknown attributes',
    size: 2_500,
    prepare: (size, watch = unwatched) => {
      const body = watch({ userName: 'ada', ...Object.fromEntries(numbered(size, (at) => [`x${at}`, at])) });
      return () => readResource(userResourceType, body, () => undefined);
    },
  },
  {
    name: 'sorting: users by a value of 200 characters with a common start',
    size: 2_000,
    prepare: (size, watch = unwatched) => {
      const { keyOf } = sortAttribute(userResourceType, 'title') as SortAttribute;
      const users = watch(numbered(size, (at) => ({ title: `${'a'.repeat(200)}${(at * 7_919) % size}` })));
      return () => {
        const keys = users.map((user, at) => ({ key: keyOf(user), id: String(at) }));
        return keys.sort((a, b) => compareSorted(a, b, false));
      };
    },
  },
  {
    name: 'projection: attribute names',
    size: 500,
    prepare: (size, watch = unwatched) => {
      const names = numbered(size, (at) => (at % 2 ? 'emails.value' : `unknown${at}`)).join();
      const resource = watch({ ...userWithEmails(100), id: 'x', schemas: [] });
      return () =>
        project(userResourceType, resource, parseProjection(userResourceType, { attributes: names }));
    },
  },
  {
    name: 'projection: users with 100 email addresses',
    size: 250,
    prepare: (size, watch = unwatched) => {
      const users = watch(numbered(size, () => ({ ...userWithEmails(100), id: 'x', schemas: [] })));
      const projection = parseProjection(userResourceType, { excludedAttributes: 'emails.type,name' });
      return () => users.map((user) => project(userResourceType, user, projection));
    },
  },
  {
    name: 'JSON: levels of arrays',
    size: 250_000,
    prepare: (size) => {
      const text = '['.repeat(size);
      return () => (isJsonDeeperThan(MAX_JSON_DEPTH, text) ? 'refused' : undefined);
    },
  },
  {
    name: 'JSON: quotes in a text',
    size: 250_000,
    prepare: (size) => {
      const text = JSON.stringify('"'.repeat(size));
      return () => isJsonDeeperThan(MAX_JSON_DEPTH, text);
    },
  },
];

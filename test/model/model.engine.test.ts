import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { findInconsistencies } from '../support/consistency/consistency';
import { toDomainData, type Item } from '../support/consistency/domain-data';
import { operations } from './arbitraries';
import type { Operation } from './operations';
import { runSequence, type SequenceResult } from './run-sequence';
import { type Service, startService } from './service';
import { documentClient } from '../support/store/document-client';

/**
 * Runs the sequences of one seed. For another seed or more sequences:
 * `MODEL_SEED=7 MODEL_SEQUENCES=20000 npx jest test/model`.
 */
const SEED = Number(process.env.MODEL_SEED ?? 20260301);
const SEQUENCES = Number(
  process.env.MODEL_SEQUENCES ?? (process.env.DYNAMODB_ENGINE === 'dynamodb-local' ? 100 : 400),
);
const CONCURRENCY = 8;

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

/** Returns all items of the table by domain. */
async function itemsByDomain(): Promise<Map<string, Item[]>> {
  const byDomain = new Map<string, Item[]>();
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await documentClient(service.table).send(
      new ScanCommand({ TableName: service.table.name, ConsistentRead: true, ExclusiveStartKey }),
    );
    for (const item of Items as Item[]) {
      const domainId = /[0-9a-f-]{36}/.exec(item.pk)?.[0] ?? '';
      byDomain.set(domainId, [...(byDomain.get(domainId) ?? []), item]);
    }
    ExclusiveStartKey = LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return byDomain;
}

/** Asserts that the items of a domain are consistent and that the licenses equal those of the model. */
function expectStored({ domainId, model, ids }: SequenceResult, items: readonly Item[]): void {
  const data = toDomainData(domainId, items);
  expect(findInconsistencies(data)).toEqual([]);
  const licenses = model.users.map(({ id, attributes, isDeleted }) => [
    ids.get(id),
    attributes.active === true && !isDeleted ? 'active' : 'inactive',
  ]);
  expect(Object.fromEntries(data.licenses.map(({ userId, status }) => [userId, status]))).toEqual(
    Object.fromEntries(licenses),
  );
}

async function runAndCheck(sequence: Operation[]): Promise<void> {
  const result = await runSequence(service, sequence);
  expectStored(result, (await itemsByDomain()).get(result.domainId) ?? []);
}

/** Runs only the sequence at `index` and shrinks it. Throws for the smallest sequence that fails. */
const shrink = (index: number): Promise<void> =>
  fc.assert(fc.asyncProperty(operations, runAndCheck), { seed: SEED, path: String(index), numRuns: 1 });

it(`the service and a simple model return the same responses and end in the same state, in ${SEQUENCES} sequences`, async () => {
  const sequences = fc.sample(operations, { seed: SEED, numRuns: SEQUENCES });
  const results: SequenceResult[] = [];
  let next = 0;
  let failed: { index: number; error: unknown } | undefined;
  const worker = async (): Promise<void> => {
    while (next < sequences.length && !failed) {
      const index = next++;
      try {
        results.push(await runSequence(service, sequences[index] as Operation[]));
      } catch (error) {
        failed ??= { index, error };
      }
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  if (failed) {
    await shrink(failed.index);
    throw failed.error;
  }
  const stored = await itemsByDomain();
  for (const result of results) expectStored(result, stored.get(result.domainId) ?? []);
});

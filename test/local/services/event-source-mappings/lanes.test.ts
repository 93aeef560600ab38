import { setImmediate as tick } from 'node:timers/promises';
import { Lanes, laneOf } from '../../../../local/services/event-source-mappings/lanes';
import { sequenceNumber, type StreamRecord } from '../../../../local/services/event-source-mappings/record';

const COUNT = 10;

/** Returns a record of the partition key `pk` with a sequence number. */
const record = (pk: string, number: number): StreamRecord => ({
  eventID: String(number),
  eventName: 'INSERT',
  dynamodb: {
    ApproximateCreationDateTime: 0,
    SequenceNumber: String(number),
    Keys: { pk: { S: pk }, sk: { S: String(number) } },
  },
});

/** Returns a partition key whose lane is that of `pk`, or another one. */
function otherKey(pk: string, isSameLane: boolean): string {
  const lane = (key: string) => laneOf(JSON.stringify({ S: key }), COUNT);
  for (let at = 0; ; at++) if ((lane(`other-${at}`) === lane(pk)) === isSameLane) return `other-${at}`;
}

let checkpoints: string[];
let batches: string[][];
let release: Map<string, () => void>;

beforeEach(() => {
  [checkpoints, batches] = [[], []];
  release = new Map();
});

/** Lanes whose batches end when the test releases them. */
function open(passes = (_: StreamRecord) => true, isStopping = () => false): Lanes {
  return new Lanes({
    count: COUNT,
    batchSize: 2,
    windowMs: 0,
    passes,
    process: (batch) => {
      const numbers = batch.map(sequenceNumber);
      batches.push(numbers);
      return new Promise<void>((resolve) => release.set(numbers[0] ?? '', resolve));
    },
    checkpoint: (last) => void checkpoints.push(sequenceNumber(last)),
    isStopping,
  });
}

it('processes the batches of one partition key one after the other, in order', async () => {
  const lanes = open();
  await lanes.add([1, 2, 3].map((number) => record('a', number)));
  expect(batches).toEqual([['1', '2']]);
  release.get('1')?.();
  await tick();
  expect(batches).toEqual([['1', '2'], ['3']]);
});

it('does not hold up the partition keys of other lanes, but those of the same lane', async () => {
  const lanes = open();
  await lanes.add([record('a', 1), record(otherKey('a', true), 2), record(otherKey('a', true), 3)]);
  await lanes.add([record(otherKey('a', false), 4)]);
  expect(batches).toHaveLength(2);
  expect(batches).toEqual(expect.arrayContaining([['1', '2'], ['4']]));
});

it('sets the checkpoint to the last record before which all are done', async () => {
  const lanes = open(({ dynamodb }) => dynamodb.SequenceNumber !== '3');
  await lanes.add([record('a', 1), record(otherKey('a', false), 2), record('a', 3)]);
  release.get('2')?.();
  await tick();
  expect(checkpoints).toEqual([]);
  release.get('1')?.();
  await lanes.settle();
  expect(checkpoints.at(-1)).toBe('3');
});

it('throws the error of a lane, after the other lanes have ended', async () => {
  const lanes = new Lanes({
    count: COUNT,
    batchSize: 1,
    windowMs: 0,
    passes: () => true,
    process: ([first]) =>
      first && sequenceNumber(first) === '1' ? Promise.reject(new Error('too large')) : Promise.resolve(),
    checkpoint: (last) => void checkpoints.push(sequenceNumber(last)),
    isStopping: () => false,
  });
  await lanes.add([record('a', 1), record(otherKey('a', false), 2)]);
  await expect(lanes.settle()).rejects.toThrow('too large');
  expect(checkpoints).toEqual([]);
});

it('settles although it is stopped before a record is processed', async () => {
  const lanes = open(undefined, () => true);
  await lanes.add([record('a', 1)]);
  await lanes.settle();
  expect(batches).toEqual([]);
});

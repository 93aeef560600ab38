import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { seededRandom, type Random } from '../random';
import { groupBy } from '../../../shared/group-by';
import { ClientDraw } from './actors/draw-client';
import { AdminDraw, drawForDeployment } from './actors/draw-others';
import type { Operation } from './operations/operation';
import { adminName, DEPLOYMENT_ACTOR, type Soak } from './soak';

/** The end of the soak: after a time, or after a number of operations of clients and administrators. */
export interface Extent {
  readonly minutes: number;
  readonly operations: number;
}

/** The longest pauses between two operations of an actor, in milliseconds. */
const PAUSES_MS = { client: 40, admin: 3_000, deployment: 8_000 };
const PROGRESS_MS = 15_000;
/** The part of the soak after which the last domain is deleted. */
const DELETION = 0.6;

/** Lets all actors perform random operations, and returns the operations in the order in which they began. */
export async function runRandomly(
  soak: Soak,
  seed: number,
  extent: Extent,
  onProgress: (operations: number) => void = () => undefined,
): Promise<Operation[]> {
  const started = Date.now();
  const operations: Operation[] = [];
  let counted = 0;
  const progress = () =>
    Math.max((Date.now() - started) / (60_000 * extent.minutes), counted / extent.operations);
  const act = async (
    pauseMs: number,
    random: Random,
    draw: () => Operation | undefined,
    isOver: () => boolean = () => false,
  ) => {
    for (;;) {
      await sleep(random(pauseMs));
      if (progress() >= 1 || isOver()) return;
      const operation = draw();
      if (!operation) continue;
      if (operation.by !== DEPLOYMENT_ACTOR) counted++;
      operations.push(operation);
      await soak.perform(operation);
    }
  };
  const reporting = setInterval(() => onProgress(counted), PROGRESS_MS);
  const last = Math.max(...soak.domains.map(({ index }) => index));
  await Promise.all([
    ...soak.clients.map(({ name, domain }) => {
      const random = randomOf(seed, name);
      const drawing = new ClientDraw(name, domain, random);
      const by = { by: name, domain: domain.index };
      return act(
        PAUSES_MS.client,
        random,
        () => ({ ...by, ...drawing.next() }),
        () => domain.isDeleted,
      );
    }),
    ...soak.domains.map((domain) => {
      const by = { by: adminName(domain.index), domain: domain.index };
      const random = randomOf(seed, by.by);
      const drawing = new AdminDraw(`a${domain.index}`, domain, random);
      const isDoomed = domain.index === last && last > 1;
      const draw = (): Operation =>
        isDoomed && progress() > DELETION ? { ...by, do: 'deleteDomain' } : { ...by, ...drawing.next() };
      return act(PAUSES_MS.admin, random, draw, () => domain.isDeleted);
    }),
    act(PAUSES_MS.deployment, randomOf(seed, DEPLOYMENT_ACTOR), deploymentDraw(seed)),
  ]);
  clearInterval(reporting);
  return operations;
}

function deploymentDraw(seed: number): () => Operation {
  const random = randomOf(seed, 'kills');
  return () => ({ by: DEPLOYMENT_ACTOR, domain: 0, ...drawForDeployment(random) });
}

/** Returns a source of random numbers of one actor. */
const randomOf = (seed: number, actor: string): Random =>
  seededRandom(createHash('sha256').update(`${seed} ${actor}`).digest().readUInt32BE(0));

/**
 * Lets the actors perform recorded operations: one after the other, or each actor its own ones at the same
 * time as the others.
 */
export async function replay(
  soak: Soak,
  operations: readonly Operation[],
  isSequential: boolean,
): Promise<void> {
  const lists = isSequential ? [operations] : [...groupBy(operations, ({ by }) => by).values()];
  await Promise.all(
    lists.map(async (list) => {
      for (const operation of list) await soak.perform(operation);
    }),
  );
}

import type { IConstruct } from 'constructs';
import { LOCAL_STAGE, stageName, stagePath } from '../../../shared/stage';

const stages = new WeakMap<IConstruct, string>();

/** Says to which stage everything in a scope belongs. */
export const setStage = (scope: IConstruct, stage: string): void => void stages.set(scope, stage);

/** Returns the stage of a construct. A construct outside of every stage belongs to the local one. */
export function stageOf(construct: IConstruct): string {
  const scope = [...construct.node.scopes].reverse().find((each) => stages.has(each));
  return (scope && stages.get(scope)) ?? LOCAL_STAGE;
}

/** Returns a name that is unique to the stage of the construct in its account and region. */
export const nameInStage = (construct: IConstruct, name: string): string =>
  stageName(name, stageOf(construct));

/** Returns a path that is unique to the stage of the construct. */
export const pathInStage = (construct: IConstruct, path: string): string =>
  stagePath(path, stageOf(construct));

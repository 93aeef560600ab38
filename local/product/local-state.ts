import { stageName } from '../../shared/stage';

/** Returns the default directory of the data of a stage. The stages have nothing in common. */
export const localState = (stage: string): string => stageName('.local', stage);

import type { IConstruct } from 'constructs';
import { nameInStage } from '../stage/stage';

/**
 * Returns the name of the event bus of a stage, and of its registry. Rules of other stacks and accounts name
 * it.
 */
export const eventBusName = (construct: IConstruct): string => nameInStage(construct, 'scim-events');

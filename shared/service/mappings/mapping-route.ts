import type { ChangeConsumers } from '../../store/consumers/change-consumers';
import type { DispatchRoute } from '../dispatch/dispatch-batch';
import { concernsMappings, mappingTasksIn } from './mapping-task';

/** Returns a function that finds the work for the function `mappings` in a batch of stream records. */
export const mappingWorkOf =
  (consumers: Pick<ChangeConsumers, 'current'>): DispatchRoute['workIn'] =>
  async (records) => {
    // The list of consumers is only read for changes that may need it.
    const known = records.some(concernsMappings) ? await consumers.current() : undefined;
    return mappingTasksIn(records, (domainId) => known?.hasMappings(domainId) ?? false);
  };

import { ScimError } from '../../scim/error';
import type { DesiredMembership } from '../../scim/patch/membership';
import { SIMULATED_SUFFIX } from '../../scim/simulated-suffix';
import { isSimulated } from '../../scim/text/simulated-name';
import type { ResourceRecord } from '../../store/resources/resource-record';
import type { ResourceStore } from '../../store/resources/resource-store';
import type { Caller } from '../resources/caller';

const NOUNS = { USER: 'user', GROUP: 'group' } as const;

/**
 * Keeps a connection test from changing anything but its own users and groups. A name never gets or loses the
 * reserved suffix, so what is checked here before a change is still true when it is written. Ordinary clients
 * are not checked.
 */
export class SimulatedResources {
  /** `others` are the users if groups change, and the groups if users change. */
  constructor(
    private readonly caller: Pick<Caller, 'isSimulation'>,
    private readonly others: Pick<ResourceStore, 'getMany' | 'kind'>,
  ) {}

  /** Throws 403 if a connection test would change or delete this user or group. */
  checkChanged(kind: 'USER' | 'GROUP', { id, attributes }: ResourceRecord): void {
    if (!this.caller.isSimulation || isSimulated(attributes, kind)) return;
    throw ScimError.forbidden(
      `The ${NOUNS[kind]} ${id} was not created by a connection test, so the credential of a connection test cannot ` +
        `change it. Its name does not end in ${SIMULATED_SUFFIX}. Use the credential of your identity provider.`,
    );
  }

  /** Throws 403 if a connection test would add users to groups, and either is not its own. */
  async checkAdded({ added }: DesiredMembership): Promise<void> {
    if (!this.caller.isSimulation || added.size === 0) return;
    for (const resource of await this.others.getMany([...added.keys()]))
      this.checkChanged(this.others.kind, resource);
  }
}

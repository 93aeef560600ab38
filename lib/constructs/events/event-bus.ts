import { CrossStackReferences, ReferenceStrength } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { CfnRegistry, CfnSchema } from 'aws-cdk-lib/aws-eventschemas';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { ENV } from '../../../shared/env';
import { eventTypeDescriptions } from '../../../shared/events/event-schemas';
import { EVENT_SOURCE } from '../../../shared/events/event-source';
import type { ScimFunction } from '../common/scim-function';
import { encryptEventBus } from '../encryption/encrypt';
import { eventBusName } from './event-bus-name';
import { busSchema } from './bus-schema';

/**
 * The event bus of a stage, and the registry with the schemas of its events. The bus has neither an archive
 * nor a dead-letter queue, because the feed keeps all events for 30 days, and a subscription replays them.
 */
export class ScimEventBus extends Construct {
  public readonly bus: EventBus;

  public constructor(scope: Construct, id: string) {
    super(scope, id);
    const name = eventBusName(this);
    this.bus = new EventBus(this, 'Bus', {
      eventBusName: name,
      description: 'Events of the SCIM provisioning service, for the subscriptions of the kind eventBridge',
    });
    encryptEventBus(this.bus);
    // So that a stage can go back to a version without the bus, and switch it off.
    CrossStackReferences.of(this.bus).produce(ReferenceStrength.WEAK);
    this.addSchemas(name);
  }

  /** Allows the function to send events to this bus, and to no other one. */
  public grantSend(fn: ScimFunction): void {
    fn.grant(new PolicyStatement({ actions: ['events:PutEvents'], resources: [this.bus.eventBusArn] }), {
      [ENV.eventBusName]: this.bus.eventBusName,
    });
  }

  private addSchemas(registryName: string): void {
    const registry = new CfnRegistry(this, 'Registry', {
      registryName,
      description: 'The events of the SCIM provisioning service',
    });
    for (const { type, description, schema } of eventTypeDescriptions()) {
      new CfnSchema(this, `Schema-${type}`, {
        registryName: registry.attrRegistryName,
        schemaName: `${EVENT_SOURCE}@${type}`,
        description,
        type: 'JSONSchemaDraft4',
        content: JSON.stringify(busSchema(type, schema)),
      });
    }
  }
}

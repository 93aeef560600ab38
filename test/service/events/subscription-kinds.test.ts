import { endpointOf, rulesOf } from '../../../shared/service/events/subscription-kinds';
import { BUS_KIND } from '../../../shared/service/event-bus/bus-kind';

const WEBHOOK = { validateEndpoint: (text: string) => Promise.resolve(text.trim()), create: BUS_KIND.create };

describe('A deployment without an event bus', () => {
  it('refuses subscriptions of the kind eventBridge, and names the setting that switches it on', () => {
    expect(() => rulesOf('eventBridge', { webhook: WEBHOOK })).toThrow(
      'This deployment has no subscriptions of the kind eventBridge. Ask the operator of the service to set ' +
        '"eventBus": true in the settings of the stage, and to deploy it. It has these kinds: feed, webhook.',
    );
  });
});

describe('The kind eventBridge', () => {
  it('has no endpoint, attributes, or secret', async () => {
    const rules = rulesOf('eventBridge', { eventBridge: BUS_KIND });
    expect(rules).toBe(BUS_KIND);
    expect(await endpointOf('eventBridge', rules, undefined)).toBeUndefined();
    await expect(endpointOf('eventBridge', rules, 'https://example.com')).rejects.toThrow('has no endpoint');
    expect(await BUS_KIND.create()).toEqual({ attributes: {} });
  });
});

describe('A kind with endpoints', () => {
  it('needs one, and stores what its rules return', async () => {
    await expect(endpointOf('webhook', WEBHOOK, undefined)).rejects.toThrow('needs the URL of an endpoint');
    expect(await endpointOf('webhook', WEBHOOK, ' https://example.com ')).toBe('https://example.com');
  });
});

describe('A feed', () => {
  it('is always there, and has no endpoint', async () => {
    expect(rulesOf('feed', {})).toBeUndefined();
    await expect(endpointOf('feed', undefined, 'https://example.com')).rejects.toThrow('has no endpoint');
  });
});

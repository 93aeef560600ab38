import { recordedConversations, replay } from '../../support/replay/conversation';
import { type DomainClient, newDomain } from '../../support/system/system';

describe.each(recordedConversations('idp'))('the conversation of $name', ({ steps }) => {
  let client: DomainClient;
  beforeAll(async () => {
    client = await newDomain();
  });

  const run = replay(() => client);
  it.each(steps.map((step, at) => ({ at: at + 1, ...step })))('$at: $name', run);
});

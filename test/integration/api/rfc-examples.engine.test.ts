import { loadConversations, replay } from '../../support/replay/conversation';
import { type DomainClient, createDomainClient } from '../../support/system/system';

/**
 * Conversations in the form of the examples of the RFCs. A step has a `why` if a decision differs from the
 * RFC.
 */
const examples = [...loadConversations('rfc7643'), ...loadConversations('rfc7644')];

describe.each(examples)('$name', ({ steps }) => {
  let client: DomainClient;
  beforeAll(async () => {
    client = await createDomainClient();
  });

  const run = replay(() => client);
  it.each(steps.map((step, at) => ({ at: at + 1, ...step })))('$at: $name', run);
});

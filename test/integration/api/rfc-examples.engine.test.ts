import { recordedConversations, replay } from '../../support/replay/conversation';
import { type DomainClient, newDomain } from '../../support/system/system';

/** The shape of the RFCs' examples, with data of our own. Where a decision differs from the text, the step says `why`. */
const examples = [...recordedConversations('rfc7643'), ...recordedConversations('rfc7644')];

describe.each(examples)('$name', ({ steps }) => {
  let client: DomainClient;
  beforeAll(async () => {
    client = await newDomain();
  });

  const run = replay(() => client);
  it.each(steps.map((step, at) => ({ at: at + 1, ...step })))('$at: $name', run);
});

import { ENV, requireEnv } from '../../env';
import { MessageQueue } from '../../queue/message-queue';

/** Runs the outbox now instead of at the next time of its schedule. */
export async function wakeOutbox(): Promise<void> {
  await new MessageQueue<object>(requireEnv(ENV.outboxQueueUrl)).send({});
}

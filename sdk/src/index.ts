export { SYSTEM_CLOCK, type Clock } from './clock.ts';
export {
  readEvent,
  type ChangeEvent,
  type EventActor,
  type EventDataByType,
  type EventResource,
  type EventSubject,
  type EventType,
  type LicenseData,
  type Organization,
} from './events.ts';
export { readFeed, FeedGapError, type FeedOptions, type FeedPage } from './feed.ts';
export { LeaseKeeper, type LeaseKeeperOptions, type LeaseState } from './lease-keeper.ts';
export { LeaseError, verifyLease, type Lease, type LeaseProblem, type VerifyLeaseOptions } from './lease.ts';
export {
  LicenseChecker,
  type CheckAnswer,
  type CheckedLicense,
  type LicenseCheckerOptions,
  type LicenseOrganization,
} from './license-checker.ts';
export { hashLicenseKey, normalizeLicenseKey } from './license-key.ts';
export { ServiceRefusedError, ServiceUnavailableError } from './service-api.ts';
export { FileStore, MemoryStore, type Store } from './store.ts';
export { WebhookReceiver, type WebhookReceiverOptions, type WebhookResponse } from './webhook-receiver.ts';
export {
  verifyWebhook,
  WebhookError,
  type VerifyWebhookOptions,
  type Webhook,
  type WebhookProblem,
  type WebhookRequest,
} from './webhook.ts';

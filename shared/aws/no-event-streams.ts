/**
 * Refuses to read or write an event stream. In the bundles, this module replaces `@smithy/core/event-streams`
 * (lib/constructs/common/scim-function.ts). Each client of AWS contains it, and no operation that the
 * functions call has a stream.
 */
export function eventStreamSerdeProvider(): never {
  throw new Error('The bundles of the functions contain no event streams.');
}

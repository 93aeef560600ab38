/**
 * Has no store. In the bundles, this module replaces `@aws/lambda-invoke-store`
 * (lib/constructs/common/scim-function.ts), which keeps apart the traces of invocations that one process runs
 * at the same time. An instance of a function runs one at a time, so the clients of AWS find the trace in the
 * environment, where Lambda puts it for each invocation.
 */
export const InvokeStore = { getInstanceAsync: (): Promise<undefined> => Promise.resolve(undefined) };
